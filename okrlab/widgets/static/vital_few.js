// VitalFew: tick at most five measures, then look at them by the rules.
export default okl.widget({
  name: "vital-few",
  setup(ui) {
    const { h } = okl;
    const ticks = new Map(); // measure -> { on, ack } not confirmed yet
    let showOthers = false;
    let company = "";

    const ticked = (view, id) => {
      const tick = ticks.get(id);
      if (tick && ui.settled(tick.ack)) ticks.delete(id);
      return ticks.get(id)?.on ?? view.chosen.includes(id);
    };

    const box = (view, m) => {
      const id = `${ui.id}-${view.company}-${m.id}`;
      const on = ticked(view, m.id);
      const full = !on && view.chosen.length >= view.most;
      return h("label", { key: `${view.company}-${m.id}`, class: `okl-option vf-option${full ? " vf-full" : ""}`, for: id },
        h("input", { type: "checkbox", id, checked: on, focusKey: `m-${m.id}`, "aria-disabled": full ? "true" : null,
          onchange: (e) => {
            if (full) { e.currentTarget.checked = false; ui.announce(`${view.most} are chosen already. Let one go first.`); return; }
            ticks.set(m.id, { on: e.currentTarget.checked, ack: ui.send("choose", { measure: m.id, on: e.currentTarget.checked }) });
            ui.redraw();
          } }),
        h("span", { class: "vf-name" }, h("span", null, m.name), h("span", { class: "okl-small okl-muted" }, `now ${m.now}`)));
    };

    const choosing = (view) => [
      h("ol", { key: "rules", class: "vf-rules" }, view.rules.map((r) => h("li", { key: r }, r))),
      h("fieldset", { key: `list-${view.company}`, class: "vf-list" },
        h("legend", null, h("b", null, `Which are key? Choose at most ${view.most}.`), h("span", { class: "okl-muted" }, " Several good sets exist.")),
        h("div", { class: "vf-grid" }, view.measures.map((m) => box(view, m)))),
      h("div", { key: "go", class: "vf-go" }, okl.actions(
        h("p", { class: "vf-count" }, h("span", { class: "vf-slots", "aria-hidden": "true" }, Array.from({ length: view.most }, (_, i) => h("span", { key: i, class: i < view.chosen.length ? "vf-slot vf-taken" : "vf-slot" }))), `${view.chosen.length} of ${view.most} chosen`),
        okl.button({ key: "check", kind: "primary", label: "Look at my choice", focusKey: "primary", disabled: !view.chosen.length,
          title: view.chosen.length ? null : "Choose at least one measure first.", onclick: () => { ui.focus("outcome"); ui.send("check"); } }))),
    ];

    const judged = (m, brief = false) => h("li", { key: m.id, class: `vf-judged${m.key ? " vf-key" : ""}` },
      h("p", null, okl.verdict(m.key, m.key ? "Passes all three" : "Not key here"), " ", h("b", null, m.name), h("span", { class: "okl-muted" }, ` (${m.now})`)),
      brief ? null : h("ul", { class: "okl-plain vf-checks" }, m.rules.map((r) => h("li", { key: r.text },
        h("span", { class: r.yes ? "okl-right" : "okl-wrong" }, r.yes ? "✓ yes" : "✕ no"), h("span", null, r.text)))),
      h("p", null, m.why));

    const sides = (r) => h("div", { key: "sides", class: "vf-sides", role: "group", "aria-label": "Four sides of a company" },
      r.sides.map((s) => h("div", { key: s.id, class: `vf-side vf-${s.id}${s.measures.length ? "" : " vf-none"}` },
        h("p", null, h("b", null, s.title)), h("p", { class: "okl-small okl-muted" }, s.asks),
        s.measures.length
          ? h("ul", { class: "okl-plain" }, s.measures.map((m) => h("li", { key: m }, okl.roleMark("kpi"), h("span", null, m))))
          : h("p", { class: "okl-small vf-empty" }, "nothing here"))));

    const review = (view, r) => [
      h("div", { key: "outcome", class: `okl-feedback ${r.holds ? "okl-is-right" : "okl-is-wrong"}`, tabindex: "-1", focusKey: "outcome", "data-focus-home": "" },
        h("p", { class: "okl-head" }, okl.verdict(r.holds, r.verdict)),
        h("p", null, r.headline), r.remarks.map((t, i) => h("p", { key: i }, t))),
      h("ul", { key: "chosen", class: "okl-plain vf-judgements" }, r.chosen.map((m) => judged(m))),
      h("p", { key: "balance" }, h("b", null, "What your set looks at")),
      sides(r),
      h("p", { key: "frame", class: "okl-small okl-muted" }, r.frame),
      okl.disclosure({ key: "others", label: `Also pass all three rules (${r.others.length})`, open: showOthers, focusKey: "others", ontoggle: () => { showOthers = !showOthers; ui.redraw(); } },
        h("ul", { class: "okl-plain vf-judgements" }, r.others.map((m) => judged(m, true)))),
      h("div", { key: "do" }, okl.actions(
        okl.button({ label: "Change my choice", focusKey: "again", onclick: () => { ui.focus(`m-${view.measures[0].id}`); ui.send("again"); } }),
        okl.button({ kind: "primary", label: "Another company", focusKey: "next", onclick: () => {
          const ids = view.companies.map((c) => c.id);
          ui.focus("company");
          ui.send("show", { company: ids[(ids.indexOf(view.company) + 1) % ids.length] });
        } }))),
    ];

    return {
      render(view) {
        if (company !== view.company) { company = view.company; showOthers = false; ticks.clear(); }
        return [
          h("label", { key: "pick", class: "vf-pick" }, h("span", { class: "okl-small okl-muted" }, "Company"),
            h("select", { class: "okl-field", focusKey: "company", value: view.company, onchange: (e) => ui.send("show", { company: e.currentTarget.value }) },
              view.companies.map((c) => h("option", { key: c.id, value: c.id }, c.title)))),
          h("p", { key: "strategy" }, h("b", null, "What it is after: "), view.strategy),
          view.review ? review(view, view.review) : choosing(view),
        ];
      },
    };
  },
});
