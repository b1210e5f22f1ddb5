/** One permitted way of a call. */
export interface Edge {
  /** `namespace/workload`, or an address range, or `anywhere`. */
  readonly from: string;
  readonly to: string;
  /** Port of the pod, by number or name; null stands for every port. */
  readonly port: number | string | null;
  /** TCP, UDP or SCTP; null stands for every protocol. */
  readonly protocol: string | null;
}
