import type { JSX } from 'preact';
import { renderPage } from '../../../html/page';
import type { Reviewed } from '../../review';
import type { Review, Risk } from '../../review-model';
import { riskText, summaryRows, titleOf, verdict } from '../words';
import { Changes } from './changes';
import { EdgeChanges } from './edge-changes';
import { Findings } from './findings';
import { Measures } from './measures';

interface HtmlOptions extends Pick<Reviewed, 'objectOf'> {
  /** The two sides as the user named them. */
  readonly title: string;
}

/** The review as one page, for those who would rather look: everything the JSON has, the riskiest first. */
export function renderHtml(review: Review, { title, objectOf }: HtmlOptions): string {
  const { changes, reachability, capacity, cost, findings } = review;
  const rows = summaryRows(review);
  const hasEdges = reachability.added.length + reachability.removed.length > 0;
  const hasMeasures = (capacity.head ?? capacity.base ?? cost.head ?? cost.base) !== null;
  const hasFindings = findings.introduced.length + findings.fixed.length > 0;
  const all: readonly (readonly [boolean, string, string])[] = [
    [true, 'summary', 'Summary'],
    [hasMeasures, 'measures', 'Cost and capacity'],
    [hasEdges, 'edges', 'Who may call whom'],
    [hasFindings, 'findings', 'aia check'],
    [changes.length > 0, 'changes', `Changes (${changes.length})`],
  ];
  const parts = all.flatMap(([isThere, id, name]) => (isThere ? [[id, name] as const] : []));
  return renderPage({ title: `aia review ${title}`, parts }, [
    <header key="head" id="summary">
      <h1>
        Review of <span class="code">{title}</span>
      </h1>
      <p class={`verdict ${worstRisk(review)}`}>{verdict(review)}</p>
      <p class="muted">
        {riskText(changes)}; {review.objects.base} → {review.objects.head} objects
      </p>
      <ReadFirst changes={changes} />
      {rows.length > 0 && (
        <dl class="facts">
          {rows.map(([name, text], index) => [
            <dt key={`name-${index}`}>{name}</dt>,
            <dd key={`text-${index}`}>{text}</dd>,
          ])}
        </dl>
      )}
    </header>,
    hasMeasures && <Measures key="measures" capacity={capacity} cost={cost} />,
    hasEdges && <EdgeChanges key="edges" {...reachability} />,
    hasFindings && <Findings key="findings" {...findings} />,
    changes.length > 0 && <Changes key="changes" changes={changes} objectOf={objectOf} />,
  ]);
}

/** As many can be read before the rest of the page. */
const MOST_FIRST = 12;

/** The changes of high risk by name, so that nobody has to look for them. */
function ReadFirst({ changes }: Pick<Review, 'changes'>): JSX.Element | null {
  const high = changes.filter(({ risk }) => risk === 'high');
  if (high.length === 0) return null;
  const rest = high.length - MOST_FIRST;
  return (
    <ul>
      {high.slice(0, MOST_FIRST).map((change, index) => (
        <li key={index}>
          <strong>{titleOf(change)}</strong>: {change.reasons[0]}
        </li>
      ))}
      {rest > 0 && <li>{rest} more of high risk, at the top of the changes</li>}
    </ul>
  );
}

/** The colour of the verdict: new errors and pods that don't fit are as bad as a change of high risk. */
function worstRisk(review: Review): Risk {
  const text = verdict(review);
  if (text.startsWith('Do not approve')) return 'high';
  return review.changes[0]?.risk ?? 'none';
}
