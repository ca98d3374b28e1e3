/** The built product as it is pushed: script text, HTML files, manifest; and which of its functions are entry points. */
import vm from 'node:vm';
import { Unsupported } from './errors';

export type Manifest = {
  readonly timeZone?: string;
  readonly runtimeVersion?: string;
  readonly oauthScopes?: readonly string[];
  readonly urlFetchWhitelist?: readonly string[];
  readonly [field: string]: unknown;
};

export type BundleSource = {
  readonly code: string;
  /** HTML files by name without extension. */
  readonly files: Readonly<Record<string, string>>;
  readonly manifest: Manifest | object;
};

const DECLARED = /(?:^|[;}])[ \t]*(?:async\s+)?function\s*\*?\s*([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*\(/gmu;
const ASSIGNED =
  /^(?:var|let|const)\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*=\s*(?:async\s*)?(?:function\b|\([^)]*\)\s*=>|[\p{ID_Start}$_][\p{ID_Continue}$]*\s*=>)/gmu;

export class Bundle {
  readonly source: BundleSource;
  readonly manifest: Manifest;
  readonly script: vm.Script;
  /** Names the platform's scan of the text finds; whether they are functions shows after loading. */
  readonly declared: readonly string[];

  constructor(source: BundleSource) {
    this.source = source;
    this.manifest = source.manifest as Manifest; // an object literal or a parsed appsscript.json
    if (this.manifest.runtimeVersion !== undefined && this.manifest.runtimeVersion !== 'V8') {
      throw new Unsupported(`runtime ${this.manifest.runtimeVersion}`);
    }
    this.script = new vm.Script(source.code, { filename: 'Code.gs' });
    this.declared = [
      ...new Set([...source.code.matchAll(DECLARED), ...source.code.matchAll(ASSIGNED)].map((match) => match[1] ?? '')),
    ];
  }

  file(name: string): string | undefined {
    return this.source.files[name] ?? this.source.files[name.replace(/\.html$/, '')];
  }
}
