import type { Place } from '../model/platform/presence';
import { metricsOf, parseExpression } from '../model/promql/expression';
import { withoutVariables } from '../model/promql/variables';
import type { BoardSpec, PanelSpec } from './board';
import { capacity } from './capacity';
import { gitops } from './gitops';
import { mesh } from './mesh';
import { ml } from './ml';
import { namesAt } from './names';
import { overview } from './overview';
import { renderBoard } from './render';
import { workloads } from './workloads';

const BOARDS: readonly ((place: Place) => BoardSpec)[] = [overview, workloads, ml, mesh, capacity, gitops];

/** Every dashboard with all its panels, whether the place has their metrics or not. */
export function allBoards(place: Place): BoardSpec[] {
  return BOARDS.map((board) => board(place));
}

/** A dashboard as Grafana reads it. */
export interface RenderedBoard {
  readonly uid: string;
  readonly title: string;
  readonly json: string;
}

/** The dashboards of a cluster in a phase. */
export function dashboardsAt(place: Place): RenderedBoard[] {
  return boardsAt(place).map((board) => ({
    uid: board.uid,
    title: board.title,
    json: JSON.stringify(renderBoard(board, place.platform.settings), null, 1),
  }));
}

/**
 * The same before rendering: only panels whose metrics the cluster has in this phase. One without data would make people
 * think that something is broken; a dashboard without panels is left out.
 */
export function boardsAt(place: Place): BoardSpec[] {
  const labelsOf = namesAt(place);
  const isThere = ({ queries }: PanelSpec): boolean =>
    queries.every(({ expr }) =>
      metricsOf(parseExpression(withoutVariables(expr))).every((name) => labelsOf(name) !== undefined),
    );
  return allBoards(place)
    .map((board) => ({
      ...board,
      rows: board.rows
        .map((row) => ({ ...row, panels: row.panels.filter(isThere) }))
        .filter(({ panels }) => panels.length > 0),
    }))
    .filter(({ rows }) => rows.length > 0);
}
