import type { KubeObject } from '../model/kube-object';
import { generatedConfig, isKustomization, patchFiles } from '../model/manifest/kustomize';
import { readObjects, type ManifestObject } from '../model/manifest/objects';
import { ManifestSyntaxError, parseDocuments } from '../model/manifest/parse';
import type { SchemaSet } from '../model/schema/load';
import { findDuplicates } from './duplicates';
import type { Finding, RawFinding, WaivedFinding } from './finding';
import { Place, refOf } from './place';
import { hasPlatformMark } from './platform-data';
import { RULES, rulesFor } from './registry';
import type { Report } from './rule';
import { SchemaCheck, type Target } from './schema';
import { slim, type Member } from './set/member';
import { growTree } from './set/tree';
import { treeFindings } from './tree-findings';
import { annotationWaivers, waiversFor, type FileWaiver, type Waiver } from './waivers';

/** A file as the checker takes it. */
export interface Source {
  /** Relative to the working directory, with forward slashes. */
  readonly name: string;
  /** The PATH argument that it was found below. */
  readonly root: string;
  /** True where the file itself was named: it is parsed even if nothing in it looks like a manifest. */
  readonly isNamed: boolean;
  readonly text: string;
}

export interface CheckOptions {
  readonly target: Target;
  /** YYYY-MM-DD, for waivers. */
  readonly today: string;
  readonly waivers: readonly FileWaiver[];
  /** Leaves everything out but syntax and schemas. */
  readonly schemaOnly: boolean;
  /** What rules of Prometheus may read: left out, only what they record themselves is looked at. */
  readonly metrics?: ReadonlySet<string>;
}

export interface CheckResult {
  readonly files: number;
  readonly objects: number;
  /** Documents that are no Kubernetes objects. */
  readonly skipped: number;
  readonly findings: readonly Finding[];
  readonly waived: readonly WaivedFinding[];
  readonly unknownKinds: SchemaCheck['unknownKinds'];
  readonly hasPlatformData: boolean;
}

const AIA_RULES = new Set(RULES.filter((rule) => rule.audience === 'aia').map((rule) => rule.id));

/** Checks files; what is found is sorted by file, line and rule, and is the same for the same files. */
export function checkSources(sources: readonly Source[], schemas: SchemaSet, options: CheckOptions): CheckResult {
  return new Run(schemas, options).check(sources);
}

class Run {
  private readonly findings: Finding[] = [];
  private readonly waived: WaivedFinding[] = [];
  private readonly members: Member[] = [];
  private readonly origins = new Map<Member, { readonly one: ManifestObject; readonly place: Place }>();
  private readonly generated = new Set<string>();
  /** Files of which something could not be read: what is not found may stand there. */
  private readonly broken: string[] = [];
  private readonly schema: SchemaCheck;
  private objects = 0;
  private skipped = 0;
  private hasPlatformData = false;

  constructor(
    private readonly schemas: SchemaSet,
    private readonly options: CheckOptions,
  ) {
    this.schema = new SchemaCheck(schemas, options.target);
  }

  check(sources: readonly Source[]): CheckResult {
    const patches = this.readAhead(sources);
    for (const source of sources) {
      const isManifest = source.isNamed || /apiVersion|kind/.test(source.text);
      if (!isManifest || patches.has(source.name)) this.skipped += 1;
      else this.file(source);
    }
    if (!this.options.schemaOnly) {
      this.duplicates();
      this.tree(sources.map(({ name }) => name));
    }
    return {
      files: sources.length,
      objects: this.objects,
      skipped: this.skipped,
      findings: this.findings.map((finding) => this.forAudience(finding)).sort(byPlace),
      waived: this.waived.sort(byPlace),
      unknownKinds: this.schema.unknownKinds,
      hasPlatformData: this.hasPlatformData,
    };
  }

  /** CRDs give schemas for files that come before them; kustomizations say which files are only patches. */
  private readAhead(sources: readonly Source[]): ReadonlySet<string> {
    const patches = new Set<string>();
    for (const { name, text } of sources) {
      const isKustomize = isKustomization(name);
      if (!isKustomize && !text.includes('CustomResourceDefinition')) continue;
      let documents: readonly unknown[];
      try {
        documents = parseDocuments(text);
      } catch (error) {
        if (error instanceof ManifestSyntaxError) continue; // reported when it is the file's turn
        throw error;
      }
      if (isKustomize) {
        for (const patch of patchFiles(documents, name)) patches.add(patch);
        for (const config of generatedConfig(documents)) this.generated.add(config);
      }
      for (const { object } of readObjects(documents, name).objects) {
        if (object.kind === 'CustomResourceDefinition') this.schemas.addDefinition(object);
      }
    }
    this.schema.refresh();
    return patches;
  }

  private file(source: Source): void {
    let documents: readonly unknown[];
    try {
      documents = parseDocuments(source.text);
    } catch (error) {
      if (!(error instanceof ManifestSyntaxError)) throw error;
      const { message, fix, line } = error;
      const { name: file } = source;
      this.broken.push(file);
      this.findings.push({ rule: 'yaml', severity: 'error', object: null, path: '', message, fix, file, line });
      return;
    }
    const { objects, broken, skipped } = readObjects(documents, source.name);
    const place = new Place(source);
    this.objects += objects.length;
    this.skipped += skipped;
    if (broken.length > 0) this.broken.push(source.name);
    for (const { message, fix, document, keys } of broken) {
      const line = place.line(document, keys);
      const { name: file } = source;
      this.findings.push({
        rule: 'broken-object',
        severity: 'error',
        object: null,
        path: '',
        message,
        fix,
        file,
        line,
      });
    }
    // What is named file by file is meant together.
    const root = source.isNamed ? '(files)' : source.root;
    for (const one of objects) this.object(one, place, root);
    place.release();
  }

  private object(one: ManifestObject, place: Place, root: string): void {
    const raw = [...this.schema.check(one.object)];
    if (!this.options.schemaOnly) {
      this.hasPlatformData ||= hasPlatformMark(one.object);
      const { object, document, keys } = one;
      // The line costs a second reading of the file, so it is asked for only when it is printed.
      const kept = slim(object);
      const member: Member = {
        object: kept,
        file: place.source.name,
        root,
        get line() {
          return place.line(document, keys);
        },
      };
      this.members.push(member);
      this.origins.set(member, { one: { ...one, object: kept }, place });
      raw.push(...ruleFindings(object));
    }
    const { waivers, faults } = annotationWaivers(one.object);
    this.settle([...raw, ...faults], one, place, waivers);
  }

  /** Gives findings their place, and takes out what is waived. */
  private settle(raw: readonly RawFinding[], one: ManifestObject, place: Place, own: readonly Waiver[]): void {
    const granted = [...own, ...waiversFor(one.object, this.options.waivers)];
    for (const finding of raw) {
      const done = place.finish(finding, one);
      const waiver = granted.find(({ rule }) => rule === finding.rule);
      if (!waiver) {
        this.findings.push(done);
      } else if (waiver.until >= this.options.today) {
        this.waived.push({ ...done, reason: waiver.reason, until: waiver.until });
      } else {
        const message = `is waived only until ${waiver.until} (${waiver.reason}): ${finding.rule}: ${done.message}`;
        const fix = `${done.fix}; or renew the waiver`;
        this.findings.push(done, { ...done, rule: 'waiver', severity: 'warning', message, fix });
      }
    }
  }

  /** Rules that need more than one object; their findings come object by object, so that each file is read again once. */
  private tree(files: readonly string[]): void {
    for (const [member, raw] of treeFindings(
      growTree(this.members, files, { generated: this.generated, broken: this.broken }),
      { metrics: this.hasPlatformData ? this.options.metrics : undefined },
    )) {
      const origin = this.origins.get(member);
      if (!origin) continue;
      this.settle(raw, origin.one, origin.place, annotationWaivers(member.object).waivers);
      if (this.last !== origin.place) this.last?.release();
      this.last = origin.place;
    }
  }

  private last: Place | undefined;

  private duplicates(): void {
    for (const { second, severity, message, fix } of findDuplicates(this.members)) {
      const { object, file, line } = second;
      this.findings.push({
        rule: 'duplicate-object',
        severity,
        object: refOf(object),
        path: '',
        message,
        fix,
        file,
        line,
      });
    }
  }

  private forAudience(finding: Finding): Finding {
    return this.hasPlatformData || !AIA_RULES.has(finding.rule) ? finding : { ...finding, severity: 'info' };
  }
}

function ruleFindings(object: KubeObject): readonly RawFinding[] {
  const found: RawFinding[] = [];
  for (const rule of rulesFor(object.kind)) {
    const report: Report = (keys, message, { fix = rule.fix, severity = rule.severity } = {}) => {
      found.push({ rule: rule.id, severity, keys, message, fix });
    };
    rule.check(object, report);
  }
  return found;
}

function byPlace(a: Finding, b: Finding): number {
  return (
    compare(a.file, b.file) ||
    a.line - b.line ||
    compare(a.rule, b.rule) ||
    compare(a.path, b.path) ||
    compare(a.message, b.message)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
