import { parseQuantity, toUnits } from '../quantity';
import type { Platform } from './platform';

/** All that is needed to build one image; the workflow and the person who builds by hand read the same. */
export interface ImageBuild {
  readonly name: string;
  readonly tag: string;
  /** `registry/repository:tag`, where it is pushed. */
  readonly reference: string;
  readonly stack: string;
  readonly dockerfile: string;
  /** Stage to build; empty for the last one. */
  readonly target: string;
  /** Port that the program listens on, for the build argument PORT; 0 where it listens nowhere. */
  readonly port: number;
  /** Largest compressed size for one platform, in bytes. */
  readonly maxBytes: number;
  /** GitHub repository of the context; empty for this one. */
  readonly repository: string;
  /** Folder of the context; empty where the sources can't be had. */
  readonly context: string;
}

/**
 * How an image of the platform is built.
 *
 * @param name key in `platform/images.ts`
 * @throws Error where there is no such image.
 */
export function imageBuild({ images, settings, workloads }: Platform, name: string): ImageBuild {
  const image = Object.hasOwn(images, name) ? images[name] : undefined;
  if (image === undefined) throw new Error(`no image ${name}`);
  const containers = Object.values(workloads).flatMap((workload) => workload.containers);
  const port = containers.find((container) => container.image === name)?.ports[0]?.port;
  return {
    name,
    tag: image.tag,
    reference: `${image.registry ?? settings.registry}/${image.repository}:${image.tag}`,
    stack: image.stack,
    dockerfile: `images/${image.stack}/Dockerfile`,
    target: image.target ?? '',
    port: port ?? 0,
    maxBytes: Number(toUnits(parseQuantity(image.sizeBudget))),
    repository: image.source?.repository ?? '',
    context: image.source?.context ?? '',
  };
}
