// The script of the pages: it filters what the page lists, and points out the edges of a service. Without it
// everything is there, only not to be filtered.
import { startFilter } from './filter';
import { startMaps } from './maps';

startFilter();
startMaps();
