const GIBIBYTE = 1024 ** 3;

/** An amount as people read it: `1.10 cores`, `2.00 GiB`, `3 nvidia.com/gpu`. CPU comes in millicores. */
export function amountText(resource: string, amount: number | bigint): string {
  const number = Number(amount);
  if (resource === 'cpu') return `${(number / 1000).toFixed(2)} cores`;
  if (resource === 'memory') return `${(number / GIBIBYTE).toFixed(2)} GiB`;
  if (resource === 'ephemeral-storage') return `${(number / GIBIBYTE).toFixed(2)} GiB of ephemeral storage`;
  return `${number} ${resource}`;
}
