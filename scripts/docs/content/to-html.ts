import GithubSlugger from "github-slugger";
import { evidenceBar } from "../evidence.js";
import { type Content, type Html, html } from "../html.js";
import { type Badge, type Block, badgeText, type Entry, type Field, type Samples } from "./block.js";
import { highlighted } from "./highlight.js";
import { type Lead, plainText, renderInline, renderMarkdown } from "./markdown.js";

/**
 * Writes the blocks of one page as HTML, in as many parts as the page has: anchors and the names of buttons are distinct
 * over all parts.
 */
export function htmlWriter(lead: Lead): (blocks: readonly Block[]) => Html {
  const writer = new Writer(lead, new GithubSlugger());
  return (blocks) => html`${blocks.map((block) => writer.block(block))}`;
}

/** Badges, one behind the other. */
export function badgesToHtml(badges: readonly Badge[]): Content {
  return badges.map((badge) => {
    const kind = badge.kind === "evidence" ? badge.evidence : badge.kind;
    const source = badge.kind === "evidence" ? badge.source : undefined;
    return source
      ? html` <span class="badge ${kind}" title="${source}">${badgeText(badge)}</span>`
      : html` <span class="badge ${kind}">${badgeText(badge)}</span>`;
  });
}

/** A method as a coloured word. */
export function methodToHtml(method: string): Html {
  return html`<span class="method ${method.toLowerCase()}">${method}</span>`;
}

class Writer {
  /** Samples come in groups of buttons, which need names of their own. */
  #groups = 0;

  constructor(
    readonly lead: Lead,
    readonly slugger: GithubSlugger,
  ) {}

  block(block: Block): Html {
    switch (block.kind) {
      case "heading": {
        const id = block.id ?? this.slugger.slug(plainText(block.text));
        const tag = `h${block.depth}`;
        return html`<${tag} id="${id}">${renderInline(block.text, this.lead)}${badgesToHtml(block.badges ?? [])}<a class="anchor" href="#${id}" aria-label="Link to this section: ${plainText(block.text)}">#</a></${tag}>\n`;
      }
      case "prose":
        return html`<div class="prose">\n${renderMarkdown(block.markdown, this.lead, this.slugger)}\n</div>\n`;
      case "code":
        return html`${block.title !== undefined && html`<p class="code-title">${renderInline(block.title, this.lead)}</p>\n`}${code(block.language, block.code, block.title)}`;
      case "samples":
        return this.#samples(block);
      case "fields":
        return this.#fields(block.fields);
      case "facts":
        return html`<dl class="facts">
${block.facts.map(([name, text]) => html`<div><dt>${name}</dt><dd>${renderInline(text, this.lead)}</dd></div>\n`)}</dl>\n`;
      case "entries":
        return html`<ul class="entries">\n${block.entries.map((entry) => this.#entry(entry))}</ul>\n`;
      case "shares":
        return evidenceBar(block.evidence);
      case "table":
        return html`<div class="scroll" tabindex="0"><table><thead><tr>${block.head.map((cell) => html`<th scope="col">${renderInline(cell, this.lead)}</th>`)}</tr></thead><tbody>
${block.rows.map((row) => html`<tr>${row.map((cell) => html`<td>${renderInline(cell, this.lead)}</td>`)}</tr>\n`)}</tbody></table></div>\n`;
      case "fold":
        return html`<details><summary>${renderInline(block.summary, this.lead)}</summary>\n<div class="inside">\n${block.blocks.map((inner) => this.block(inner))}</div></details>\n`;
      case "notice":
        return html`<div class="notice ${block.tone}">\n${renderMarkdown(block.markdown, this.lead)}\n</div>\n`;
    }
  }

  /** Radio buttons: they work without a script, from the keyboard, and one script keeps the choice for other pages. */
  #samples({ label, samples }: Samples): Html {
    const shown = samples.map(
      ({ name, language, code: text, output }) =>
        html`${code(language, text, `${label}, ${name}`)}${output !== undefined && html`<pre class="output" tabindex="0"><code>${output}</code></pre>\n`}`,
    );
    if (shown.length === 1) return html`${shown}`;
    const group = `samples-${++this.#groups}`;
    return html`<div class="samples" role="group" aria-label="${label}">
${samples.map(({ name }, index) => html`<input type="radio" class="unseen" name="${group}" id="${group}-${index}" value="${name}"${index === 0 && html` checked`}><label for="${group}-${index}">${name}</label>\n`)}${shown.map((sample) => html`<div class="sample">${sample}</div>\n`)}</div>\n`;
  }

  #entry({ title, href, request, badges = [], description }: Entry): Html {
    return html`<li><a href="${this.lead(href)}">${title}</a>${badgesToHtml(badges)}${request && html` <span class="request">${methodToHtml(request.method)} <code>${request.path}</code></span>`}${description && html`<p>${renderInline(description, this.lead)}</p>`}</li>\n`;
  }

  #fields(fields: readonly Field[]): Html {
    return html`<dl class="fields">\n${fields.map((field) => this.#field(field))}</dl>\n`;
  }

  #field({ name, type, badges, description, notes, fields }: Field): Html {
    return html`<div class="field">
<dt><code class="name">${name}</code> <span class="type">${type}</span>${badgesToHtml(badges)}</dt>
<dd>${description !== "" && renderMarkdown(description, this.lead)}${notes.length > 0 && html`<p class="notes">${notes.map((note) => html`<span>${renderInline(note, this.lead)}</span> `)}</p>`}
${fields.length > 0 && html`<details><summary>${fields.length === 1 ? "1 field" : `${fields.length} fields`}<span class="unseen"> of ${name}</span></summary>\n${this.#fields(fields)}</details>`}</dd>
</div>\n`;
  }
}

/** A script adds the button that copies it, and names the button after `data-copy`. */
function code(language: string, text: string, title: string | undefined): Html {
  return html`<div class="snippet"${title !== undefined && html` data-copy="${plainText(title)}"`}><pre tabindex="0"><code class="language-${language}">${highlighted(text, language)}</code></pre></div>\n`;
}
