import type { JSX } from 'preact';
import type { Reviewed } from '../../review';
import { RISKS, type Change, type FieldChange } from '../../review-model';
import { foldChanges, type Fold } from '../fold';
import { countRisks, foldTitle, objectText, placesText, titleOf } from '../words';
import { Fields } from './fields';
import { wholeObjectText } from './whole-object';

const MOST_PLACES = 50;
const MOST_SUBJECTS = 2_000;

interface ChangesProps extends Pick<Reviewed, 'objectOf'> {
  readonly changes: readonly Change[];
}

/** All changes, those that say the same together, with tools that find and hide. */
export function Changes({ changes, objectOf }: ChangesProps): JSX.Element {
  return (
    <section id="changes" aria-labelledby="changes-title">
      <h2 id="changes-title">Changes</h2>
      <Tools changes={changes} />
      <div id="list" data-view="inline">
        {foldChanges(changes).map((fold, index) =>
          fold.kind === 'one' ? (
            <ChangeEntry
              key={index}
              change={fold.first}
              objectOf={objectOf}
              isOpen={fold.first.risk === 'high' && index < MOST_OPEN}
            />
          ) : (
            <FoldEntry key={index} fold={fold} objectOf={objectOf} />
          ),
        )}
      </div>
    </section>
  );
}

/** What is open from the start can be read on one screen or two. */
const MOST_OPEN = 5;

interface FoldEntryProps extends Pick<Reviewed, 'objectOf'> {
  readonly fold: Fold;
}

function FoldEntry({ fold, objectOf }: FoldEntryProps): JSX.Element {
  return (
    <details class="fold" data-group>
      <summary>
        <RiskMark change={fold.first} /> {foldTitle(fold)}: {fold.first.reasons[0]}
      </summary>
      {fold.changes.map((change, index) => (
        <ChangeEntry key={index} change={change} objectOf={objectOf} isOpen={false} />
      ))}
    </details>
  );
}

interface ChangeEntryProps extends Pick<Reviewed, 'objectOf'> {
  readonly change: Change;
  readonly isOpen: boolean;
}

function ChangeEntry({ change, objectOf, isOpen }: ChangeEntryProps): JSX.Element {
  const { risk, kind, reasons, fields, object } = change;
  const effects = [...new Set(fields.map(({ effect }) => effect))];
  return (
    <details
      class="change"
      data-item
      data-risk={risk}
      data-kind={kind}
      data-type={[...new Set([object.kind, ...change.places.map((place) => place.object.kind)])].join(' ')}
      data-effect={effects.join(' ')}
      open={isOpen}
    >
      <summary>
        <RiskMark change={change} /> <strong>{titleOf(change)}</strong>: {reasons[0]}
      </summary>
      {reasons.length > 1 && (
        <ul>
          {reasons.slice(1).map((reason, index) => (
            <li key={index}>{reason}</li>
          ))}
        </ul>
      )}
      <Fields fields={fields.length > 0 ? fields : wholeObject(change, objectOf)} kind={object.kind} />
      <Subjects change={change} />
      <p class="muted">in {placesText(change, MOST_PLACES)}</p>
    </details>
  );
}

/** An object that has come or gone as one field: all of it, as it is in the first of its places. */
function wholeObject({ kind, places }: Change, objectOf: Reviewed['objectOf']): readonly FieldChange[] {
  const [place] = places;
  const object = place && objectOf(place);
  if (!object) return [];
  const lines = wholeObjectText(object);
  const [before, after] = kind === 'added' ? ['', lines] : [lines, ''];
  return [{ path: place.file, before, after, effect: 'other' }];
}

/** Where one change is that of several objects: all their names, which a reader may search for. */
function Subjects({ change: { places } }: { readonly change: Change }): JSX.Element | null {
  const names = [...new Set(places.map(({ object }) => objectText(object)))];
  if (names.length < 2) return null;
  const rest = names.length - MOST_SUBJECTS;
  return (
    <p>
      The same in {names.slice(0, MOST_SUBJECTS).join(', ')}
      {rest > 0 && ` and ${rest} more, which the JSON output has`}.
    </p>
  );
}

function RiskMark({ change: { risk } }: { readonly change: Pick<Change, 'risk'> }): JSX.Element {
  return <span class={`risk ${risk}`}>{risk === 'none' ? 'no effect' : risk}</span>;
}

/** Hidden until the page's script is there. */
function Tools({ changes }: { readonly changes: readonly Change[] }): JSX.Element {
  const counts = countRisks(changes);
  return (
    <form class="tools" role="search" aria-label="Find changes" hidden>
      <label class="search">
        Search <span class="muted">(press / )</span>
        <input type="search" name="search" autocomplete="off" placeholder="words that must all be there" />
      </label>
      <fieldset>
        <legend>Risk</legend>
        {RISKS.map((risk) => (
          <label key={risk}>
            <input
              type="checkbox"
              name="risk"
              value={risk}
              checked={risk !== 'none' || counts.none === changes.length}
            />{' '}
            {risk === 'none' ? 'no effect' : risk} ({counts[risk]})
          </label>
        ))}
      </fieldset>
      <Choice name="kind" label="Change" values={changes.map(({ kind }) => kind)} />
      <Choice
        name="effect"
        label="Effect"
        values={changes.flatMap(({ fields }) => fields.map(({ effect }) => effect))}
      />
      <Choice name="type" label="Kind" values={changes.map(({ object }) => object.kind)} />
      <fieldset>
        <legend>Fields</legend>
        <label>
          <input type="radio" name="view" value="inline" checked /> inline
        </label>
        <label>
          <input type="radio" name="view" value="split" /> side by side
        </label>
      </fieldset>
      <button type="button" data-open="true">
        Open all
      </button>
      <button type="button" data-open="false">
        Close all
      </button>
      <button type="reset">Reset</button>
      <output aria-live="polite">{changes.length} shown</output>
    </form>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly values: readonly string[];
}

function Choice({ name, label, values }: ChoiceProps): JSX.Element {
  return (
    <label>
      {label}{' '}
      <select name={name}>
        <option value="">all</option>
        {[...new Set(values)].sort().map((value) => (
          <option key={value} value={value}>
            {value}
          </option>
        ))}
      </select>
    </label>
  );
}
