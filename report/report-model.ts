import type { Finding } from '../checks/finding';

/** Values at the minimum, the expected and the maximum number of replicas. */
export interface Scaled {
  readonly minimum: number;
  readonly expected: number;
  readonly maximum: number;
}

/** Something that runs pods. */
export interface Service {
  /** `namespace/name`, as in the calls. */
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  /** What it is for, as its annotation says; empty where none does. */
  readonly description: string;
  /** `store` keeps data on volumes of its own; `job` comes and goes. */
  readonly role: 'service' | 'store' | 'job' | 'node';
  readonly pods: Scaled;
  /** Requests of one pod, with its sidecars. */
  readonly cpuMillicores: number;
  readonly memoryBytes: number;
  readonly images: readonly string[];
  /** What guards it. */
  readonly guards: Guards;
  readonly data: DataUse | null;
  /** The one cluster that has it, where the page is about another one. */
  readonly only?: string;
}

/** Policies that are about a service. */
export interface Guards {
  /** NetworkPolicies select it, for what comes in and for what goes out. */
  readonly ingress: boolean;
  readonly egress: boolean;
  /** An AuthorizationPolicy of the mesh is about it. */
  readonly authorization: boolean;
  readonly disruptionBudget: boolean;
  /** Kind of the autoscaler of its replicas; empty without one. */
  readonly autoscaler: string;
  /** Every container runs without root, on a root file system that it can't write. */
  readonly hardened: boolean;
}

/** What the manifests say of the data that a service handles. */
export interface DataUse {
  /** `none`, `pseudonymised`, `personal`, `special`, or another's word. */
  readonly dataClass: string;
  readonly purpose: string;
  readonly legalBasis: string;
  /** Days; empty where nothing is said. */
  readonly retentionDays: string;
  /** Key of the impact assessment. */
  readonly assessment: string;
  /** Volumes that it keeps: `10Gi encrypted-ssd`. */
  readonly storage: readonly string[];
}

/** Who calls whom. */
export interface Call {
  readonly from: string;
  readonly to: string;
  /** `8080/TCP`; `every port`. */
  readonly ports: readonly string[];
  /** `policy`: policies permit it and nothing else; `settings`: an address in the caller's settings says so. */
  readonly known: 'policy' | 'settings';
}

/** What is requested of a node, and what it has for pods. */
export interface NodeShare {
  readonly minimum: number;
  readonly maximum: number;
  readonly allocatable: number;
}

/** The nodes of a set with what is placed on them. */
export interface NodeReport {
  readonly name: string;
  readonly pool: string;
  readonly zone: string;
  readonly capacity: 'on-demand' | 'spot';
  /** Requested in the placement of the minimum and in that of the maximum, which may put a pod elsewhere. */
  readonly cpuMillicores: NodeShare;
  readonly memoryBytes: NodeShare;
  /** At the maximum: `2 of Deployment aia/api`. */
  readonly pods: readonly string[];
}

/** Objects that run on one cluster together. */
export interface SetReport {
  /** Folder. */
  readonly name: string;
  readonly phase: string | null;
  readonly cluster: string | null;
  readonly objects: number;
  readonly services: readonly Service[];
  readonly calls: readonly Call[];
  /** What every service may call beside that: DNS, the mesh, tracing. */
  readonly everyoneCalls: readonly string[];
  /** False: nothing restricts who calls whom. */
  readonly isRestricted: boolean;
  /** Modes of mutual TLS that are asked for, such as `STRICT`. */
  readonly mutualTls: readonly string[];
  /** Objects of each kind that is a policy, by kind. */
  readonly policies: Readonly<Record<string, number>>;
  readonly pods: Scaled;
  readonly cpuMillicores: Scaled;
  readonly memoryBytes: Scaled;
  /** Empty where no nodes are known. */
  readonly nodes: readonly NodeReport[];
  /** What does not fit. */
  readonly problems: readonly string[];
  /** Null where no prices are known. */
  readonly cost: CostReport | null;
}

/** Millionths of a US dollar a month. */
export interface CostReport {
  readonly microUsdPerMonth: Scaled;
  readonly lines: readonly {
    readonly text: string;
    readonly microUsdPerMonth: Scaled;
    /** Why a figure that it rests on was not measured; empty where it was. */
    readonly assumption: string;
  }[];
  /** What costs something, or might, and is in no sum. */
  readonly notPriced: readonly string[];
}

/** What the record of processing says beside the manifests of the services. */
export interface DataProtection {
  /** Who decides why and how data is processed, and the data protection officer. */
  readonly controller: string;
  readonly officer: string;
  readonly recipients: readonly {
    readonly name: string;
    readonly role: string;
    readonly receives: string;
    readonly country: string;
  }[];
  /** Where data lies beside the volumes of services: add-ons, buckets. */
  readonly places: readonly {
    readonly name: string;
    readonly description: string;
    readonly storage: string;
    readonly dataClass: string;
    readonly purpose: string;
    readonly legalBasis: string;
    readonly retentionDays: number;
    readonly erasure: string;
  }[];
}

/** What is known of the platform beside its manifests; foreign ones have none of it. */
export interface Platform {
  readonly name: string;
  readonly description: string;
  readonly clusters: readonly {
    readonly name: string;
    readonly description: string;
    readonly place: string;
    /** The phase that it runs now. */
    readonly runs: string;
  }[];
  readonly phases: readonly {
    readonly id: string;
    readonly title: string;
    /** Available of desired pods that its gate asks for, from 0 to 1. */
    readonly health: number;
    readonly brings: readonly { readonly wish: string; readonly answer: string }[];
  }[];
  readonly dataProtection: DataProtection;
  /** Limits of the price table, such as the budget, and whether they are kept. */
  readonly limits: readonly { readonly name: string; readonly answer: string; readonly message: string }[];
}

/** What `aia report` says; its JSON output is this, literally. */
export interface Report {
  readonly version: 1;
  readonly paths: readonly string[];
  readonly platform: Platform | null;
  readonly sets: readonly SetReport[];
  /** Errors and warnings of `aia check`; the rest only as numbers. */
  readonly findings: {
    readonly counts: Readonly<Record<Finding['severity'], number>>;
    readonly waived: number;
    readonly listed: readonly Finding[];
  };
}
