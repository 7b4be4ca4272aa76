// ClassReport: which class, then the report that Python made and escaped, in a root of its own so
// that the page's styles and the report's leave each other alone.
export default okl.widget({
  name: "class-report",
  setup(ui) {
    "use strict";
    const { h } = okl;
    let source = null; // what stands in the field
    let names = null;

    const theme = `.okrlab-report { --ink: var(--okl-text); --soft: var(--okl-muted); --line: var(--okl-line);
      --page: var(--okl-bg); --card: var(--okl-soft); --heat: var(--cr-heat); --mark: var(--okl-wrong); }`;

    const draw = (el, view) => {
      const root = el.shadowRoot ?? el.attachShadow({ mode: "open" });
      root.innerHTML = `<style>${view.style}${theme}</style>${view.html}`;
    };

    const choose = (view, to) => {
      ui.focus("show");
      ui.send("choose", { source: to ?? source ?? view.source, names: names ?? view.names });
      source = null;
      names = null;
    };

    const form = (view) =>
      h("form", { key: "form", class: "cr-form", onsubmit: (e) => { e.preventDefault(); choose(view); } },
        h("label", { class: "cr-field" }, h("span", null, "Class, or folder with exports"),
          h("input", { class: "okl-field", type: "text", focusKey: "source", maxlength: 1000, autocomplete: "off", spellcheck: "false",
            list: `${ui.id}-known`, value: source ?? view.source, placeholder: "empty: a made-up class",
            oninput: (e) => { source = e.target.value; } }),
          h("datalist", { id: `${ui.id}-known` }, view.known.map((n) => h("option", { key: n, value: n })))),
        h("label", { class: "cr-names" },
          h("input", { type: "checkbox", focusKey: "names", checked: names ?? view.names, onchange: (e) => { names = e.target.checked; } }),
          h("span", null, "Show names")),
        okl.button({ label: "Show this class", kind: "primary", focusKey: "show", onclick: () => choose(view) }));

    return {
      render(view) {
        return [
          h("p", { key: "title", class: "okl-title" }, view.title),
          form(view),
          view.trouble ? okl.banner("error", view.trouble) : null,
          view.problems.length
            ? okl.banner("notice", "Not everything could be read:", h("ul", null, view.problems.map((p) => h("li", null, p)),
                view.more ? h("li", null, `and ${view.more} more`) : null))
            : null,
          h("div", { key: `report-${view.number}`, class: "cr-host", init: (el) => draw(el, view) }),
          h("div", { key: "save", class: "okl-stack" },
            h("p", null, h("b", null, "Take it away")),
            okl.actions(view.kinds.map((k) => okl.button({ label: k.label, focusKey: `save-${k.id}`, onclick: () => ui.send("save", { kind: k.id }) })), null),
            view.written.length ? h("p", null, `Written: ${view.written.join(", ")}`) : null),
        ];
      },
    };
  },
});
