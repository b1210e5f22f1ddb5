/** The id of a service's row, to which its box on the map leads. */
export function serviceAnchor(id: string): string {
  return `service-${id.replaceAll('/', '-')}`;
}
