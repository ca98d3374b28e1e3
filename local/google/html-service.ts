/** `HtmlService`: pages from text, files and templates. Source: facts section 10. */

import { Blob } from './blob';
import { SandboxMode, XFrameOptionsMode } from './enums';
import { ScriptFault, Unsupported } from './errors';
import type { Execution } from './execution';
import { members } from './members';
import { FinishedView, ServiceObject } from './service-object';

const serviceMembers = members('HtmlService', {
  pure: {
    createHtmlOutput: ' | str | Blob',
    createHtmlOutputFromFile: 'str',
    createTemplate: 'str | Blob',
    createTemplateFromFile: 'str',
    getUserAgent: '',
  },
});

export class HtmlService extends ServiceObject {
  readonly serviceName = 'HtmlService';
  readonly members = serviceMembers;
  override get constants(): Readonly<Record<string, unknown>> {
    return { XFrameOptionsMode, SandboxMode };
  }
  createHtmlOutput(html: string | Blob = ''): HtmlOutput {
    return new HtmlOutput(this.run, html instanceof Blob ? html.getDataAsString() : html);
  }
  createHtmlOutputFromFile(name: string): HtmlOutput {
    return new HtmlOutput(this.run, this.#file(name));
  }
  createTemplate(html: string | Blob): object {
    return templateView(new HtmlTemplate(this.run, html instanceof Blob ? html.getDataAsString() : html), this.run);
  }
  createTemplateFromFile(name: string): object {
    return templateView(new HtmlTemplate(this.run, this.#file(name)), this.run);
  }
  getUserAgent(): string {
    return 'local Google';
  }
  #file(name: string): string {
    const html = this.run.world.bundle.file(name);
    if (html === undefined) throw new ScriptFault(`No HTML file named ${name} was found.`);
    return html;
  }
}

const outputMembers = members('HtmlOutput', {
  pure: {
    addMetaTag: 'str,str',
    append: 'str',
    appendUntrusted: 'str',
    asTemplate: '',
    clear: '',
    getContent: '',
    getBlob: '',
    getHeight: '',
    getTitle: '',
    getWidth: '',
    setContent: 'str',
    setFaviconUrl: 'str',
    setHeight: 'int?',
    setSandboxMode: 'SandboxMode',
    setTitle: 'str',
    setWidth: 'int?',
    setXFrameOptionsMode: 'XFrameOptionsMode',
  },
});
const META_TAGS = ['apple-mobile-web-app-capable', 'google-site-verification', 'mobile-web-app-capable', 'viewport'];

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[c] ?? c);

export class HtmlOutput extends ServiceObject {
  readonly serviceName = 'HtmlOutput';
  readonly members = outputMembers;
  content: string;
  title = '';
  width: number | null = null;
  height: number | null = null;
  constructor(run: Execution, content: string) {
    super(run);
    this.content = content;
  }
  addMetaTag(name: string, _content: string): this {
    if (!META_TAGS.includes(name)) throw new ScriptFault(`The meta tag you specified is not allowed in this context.`);
    return this;
  }
  append(html: string): this {
    this.content += html;
    return this;
  }
  appendUntrusted(text: string): this {
    this.content += escapeHtml(text);
    return this;
  }
  asTemplate(): object {
    return templateView(new HtmlTemplate(this.run, this.content), this.run);
  }
  clear(): this {
    this.content = '';
    return this;
  }
  getContent(): string {
    return this.content;
  }
  getBlob(): Blob {
    return new Blob(this.run, new Uint8Array(Buffer.from(this.content)), 'text/html', `${this.title || 'page'}.html`);
  }
  getHeight(): number | null {
    return this.height;
  }
  getTitle(): string {
    return this.title;
  }
  getWidth(): number | null {
    return this.width;
  }
  setContent(content: string): this {
    this.content = content;
    return this;
  }
  setFaviconUrl(_url: string): this {
    return this;
  }
  setHeight(height: number | null): this {
    this.height = height;
    return this;
  }
  setSandboxMode(): this {
    return this;
  }
  setTitle(title: string): this {
    this.title = title;
    return this;
  }
  setWidth(width: number | null): this {
    this.width = width;
    return this;
  }
  setXFrameOptionsMode(): this {
    return this;
  }
}

const templateMembers = members('HtmlTemplate', { pure: { evaluate: '', getCode: '', getRawContent: '' } });

class HtmlTemplate extends ServiceObject {
  readonly serviceName = 'HtmlTemplate';
  readonly members = templateMembers;
  /** What the script assigned: visible as variables inside scriptlets. */
  readonly variables: Record<string, unknown> = {};
  readonly #source: string;
  constructor(run: Execution, source: string) {
    super(run);
    this.#source = source;
  }
  getRawContent(): string {
    return this.#source;
  }
  getCode(): string {
    let code = 'let output = "";\n';
    let at = 0;
    for (const match of this.#source.matchAll(/<\?(!?=)?([\s\S]*?)\?>/g)) {
      code += `output += ${JSON.stringify(this.#source.slice(at, match.index))};\n`;
      const body = match[2] ?? '';
      if (match[1] === '=') code += `output += __escape(${body});\n`;
      else if (match[1] === '!=') code += `output += (${body});\n`;
      else code += `${body}\n`;
      at = match.index + match[0].length;
    }
    return `${code}output += ${JSON.stringify(this.#source.slice(at))};\nreturn output;`;
  }
  evaluate(): HtmlOutput {
    const names = Object.keys(this.variables);
    const source = `(function (__escape, ${names.join(', ')}) {\n${this.getCode()}\n})`;
    const render = this.run.evaluate(source, 'template.html') as (...args: unknown[]) => unknown; // the source is a function
    const printed = (value: unknown): string => escapeHtml(value === null || value === undefined ? '' : String(value));
    return new HtmlOutput(this.run, String(render(printed, ...names.map((name) => this.variables[name]))));
  }
}

/** Templates are the one object scripts may assign to. The view keeps the assignments and forwards the rest. */
const templateView = (template: HtmlTemplate, run: Execution): object => {
  const view = run.present(template) as Record<string, unknown>;
  return new FinishedView(
    new Proxy(view, {
      get: (target, key) =>
        typeof key === 'string' && key in template.variables ? template.variables[key] : target[key as string],
      set: (_target, key, value) => {
        if (typeof key === 'symbol') throw run.unsupported(new Unsupported('setting a symbol on HtmlTemplate'));
        template.variables[key] = value;
        return true;
      },
    }),
  );
};
