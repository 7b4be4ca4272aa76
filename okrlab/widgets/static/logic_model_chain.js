// LogicModelChain: the cards are those of sorting.js; the second part asks whether the means suffice.
export default okl.widget({
  name: "logic-model-chain",
  setup(ui) {
    const { h } = okl;
    const sorting = oklSorting(ui, "logic-model-chain");
    const picks = new Map(); // activity -> { on, ack } not confirmed yet
    let guess = null; // what stands in the field of the guess
    let assumed = false; // the assumptions are open

    const show = (part) => { ui.focus(`part-${part}`); ui.send("show", { part }); };

    const parts = [["chain", "1. The chain"], ["means", "2. Can it be done?"]];
    const drawParts = (view) =>
      h("div", { key: "parts", class: "okl-parts", role: "group", "aria-label": "Parts" },
        parts.map(([part, label]) => okl.button({
          key: part, label, focusKey: `part-${part}`, "aria-pressed": view.part === part, onclick: () => show(part),
        })));

    // -- the chain ---------------------------------------------------------------------------------

    const drawQuestions = (view) =>
      h("ol", { key: "questions", class: "okl-questions okl-plain", "aria-label": "The five links, in order" },
        view.buckets.map((b, i) => h("li", { key: b.id },
          h("b", null, b.label), h("span", { class: "okl-muted" }, ` ${view.questions[b.id]}`),
          i < view.buckets.length - 1 ? h("span", { class: "okl-arrow", "aria-hidden": "true" }, "→") : null)));

    const drawAfterwards = (view) => view.afterwards
      ? h("div", { key: "afterwards", class: "okl-afterwards okl-stack" },
          h("p", null, h("b", null, "What to take from this chain")),
          h("ul", null, view.afterwards.map((text) => h("li", { key: text }, text))),
          okl.actions(null, okl.button({ kind: "primary", label: "Go on: can it be done?", focusKey: "go-on", onclick: () => show("means") })))
      : null;

    // -- the gap -----------------------------------------------------------------------------------

    const number = (text) => (text.trim() === "" ? NaN : Number(text.replace(/[,\s]/g, "")));

    const sendGuess = () => {
      const value = number(guess ?? "");
      if (!Number.isFinite(value)) { ui.announce("Write a number first."); ui.focus("guess"); ui.redraw(); return; }
      ui.focus("guessed");
      ui.send("guess", { guess: value });
    };

    const drawGuess = ({ asks, guess: given }) =>
      h("form", { key: "guess", class: "okl-guess", onsubmit: (e) => { e.preventDefault(); sendGuess(); } },
        h("label", { class: "okl-ask", for: `${ui.id}-guess` }, asks),
        h("input", {
          id: `${ui.id}-guess`, class: "okl-field okl-short", type: "text", inputmode: "numeric", autocomplete: "off", maxlength: 8,
          focusKey: "guess", value: given ?? "", oninput: (e) => { guess = e.target.value; },
        }),
        okl.button({ label: given === null ? "See" : "See again", kind: given === null ? "primary" : "secondary", focusKey: "see", type: "submit" }));

    const drawPicture = (p) => {
      const bar = p.parts
        ? Array.from({ length: p.parts }, (_, i) => h("span", { class: i < p.there ? "okl-there" : "okl-missing" }))
        : [h("span", { class: "okl-there", style: { flex: p.there } }), h("span", { class: "okl-missing", style: { flex: 1 - p.there } })];
      return h("div", { class: "okl-gap", "aria-hidden": "true" },
        h("div", { class: "okl-gap-goal", style: { width: `${100 * p.goalAt}%` } }, h("span", null, p.goalWords)),
        h("div", { class: "okl-gap-bar" }, bar),
        h("div", { class: "okl-gap-words" },
          h("span", { class: "okl-key" }, h("i", { class: "okl-there" }), p.thereWords),
          p.missingWords ? h("span", { class: "okl-key" }, h("i", { class: "okl-missing" }), p.missingWords) : null));
    };

    const drawField = (f) =>
      h("label", { key: f.id, class: "okl-try" }, h("span", { class: "okl-small okl-muted" }, f.label),
        h("input", {
          class: "okl-field", type: "number", min: f.low, max: f.high, step: "any", focusKey: `try-${f.id}`, value: f.value,
          onchange: (e) => {
            const value = number(e.target.value);
            if (Number.isFinite(value)) ui.send("try", { field: f.id, value });
          },
        }));

    const drawGap = (gap) => [
      h("div", { key: "guessed", class: `okl-feedback ${gap.right ? "okl-is-right" : "okl-is-wrong"}`, tabindex: "-1", focusKey: "guessed" },
        h("p", null, okl.verdict(gap.right, gap.right ? "Right" : "Not quite")), h("p", null, gap.words)),
      h("figure", { key: "gap", class: "okl-figure" }, drawPicture(gap.picture), h("figcaption", null, gap.inWords)),
      h("p", { key: "after" }, gap.after),
      h("fieldset", { key: "tries", class: "okl-tries" }, h("legend", null, h("b", null, "What if?"), " Change a figure and see the gap."),
        h("div", { class: "okl-try-row" }, gap.fields.map(drawField),
          okl.button({ key: "case", label: "Back to the case", disabled: !gap.changed, focusKey: "case", onclick: () => ui.send("case") }))),
    ];

    // -- the choice --------------------------------------------------------------------------------

    const chosen = (a) => {
      const pick = picks.get(a.id);
      if (pick && ui.settled(pick.ack)) picks.delete(a.id);
      return picks.get(a.id)?.on ?? a.chosen;
    };

    const drawActivity = (a) => {
      const id = `${ui.id}-${a.id}`;
      return h("li", { key: a.id }, h("label", { class: "okl-option", for: id },
        h("input", {
          type: "checkbox", id, checked: chosen(a), focusKey: `pick-${a.id}`,
          onchange: (e) => { picks.set(a.id, { on: e.target.checked, ack: ui.send("pick", { activity: a.id, on: e.target.checked }) }); ui.redraw(); },
        }),
        h("span", { class: "okl-activity" }, a.text), h("span", { class: "okl-weeks okl-muted" }, okl.plural(a.weeks, "week"))));
    };

    const drawCapacity = ({ weeks, capacity }) => {
      const most = Math.max(weeks, capacity);
      return h("div", { key: "capacity", class: `okl-capacity${weeks > capacity ? " okl-too-much" : ""}` },
        h("span", { class: "okl-capacity-bar", "aria-hidden": "true" },
          h("span", { style: { width: `${(100 * weeks) / most}%` } }),
          h("i", { style: { left: `${(100 * capacity) / most}%` } })),
        h("span", null, `${weeks} of ${capacity} person-weeks${weeks > capacity ? `: ${Math.round(10 * (weeks - capacity)) / 10} too many` : ""}`));
    };

    const drawVerdict = (v) => v
      ? h("div", { key: "verdict", class: `okl-feedback ${v.good ? "okl-is-right" : "okl-is-wrong"}`, tabindex: "-1", focusKey: "verdict" },
          h("p", null, okl.verdict(v.good, v.good ? "It can be done, and it leads on" : v.doable ? "It fits, but look again" : "Not like this")),
          v.lines.map((text) => h("p", null, text)),
          v.each.length ? h("ul", { class: "okl-plain okl-each" }, v.each.map((a) => h("li", { key: a.text },
            h("b", null, h("span", { "aria-hidden": "true" }, a.leadsOn ? "→ " : "⊣ "), a.leadsOn ? "Leads on: " : "Stops there: "), `${a.text}. `, a.why))) : null)
      : null;

    const drawMeans = ({ means }) =>
      h("div", { key: "means", class: "okl-means okl-stack" },
        h("section", { key: "gap", class: "okl-stack", "aria-label": "Do the resources suffice?" },
          h("p", { class: "okl-title" }, "Do the resources suffice?"),
          h("p", null, means.case),
          h("ul", { class: "okl-plain okl-facts" }, means.facts.map((f) => h("li", { key: f, class: "okl-chip" }, f))),
          drawGuess(means), means.gap ? drawGap(means.gap) : null),
        h("section", { key: "choice", class: "okl-stack okl-choice", "aria-label": "What will you do?" },
          h("p", { class: "okl-title" }, "What will you do?"),
          h("p", null, means.choose),
          h("ul", { class: "okl-plain okl-activities" }, means.activities.map(drawActivity)),
          drawCapacity(means),
          drawVerdict(means.verdict),
          okl.actions(null, okl.button({
            kind: means.guess === null ? "secondary" : "primary", label: "Check the choice", focusKey: "can", disabled: Boolean(means.verdict),
            onclick: () => { ui.focus("verdict"); ui.send("can"); },
          }))),
        okl.disclosure({ key: "assumed", label: "What this assumes", open: assumed, focusKey: "assumed", ontoggle: () => { assumed = !assumed; ui.redraw(); } },
          h("ul", null, means.assumptions.map((text) => h("li", { key: text }, text)))));

    return {
      render(view) {
        guess ??= view.means.guess === null ? null : String(view.means.guess);
        return [
          drawParts(view),
          view.part === "chain"
            ? h("div", { key: "chain", class: "okl-stack" }, drawQuestions(view), sorting.render(view), drawAfterwards(view))
            : drawMeans(view),
        ];
      },
      destroy: () => sorting.destroy(),
    };
  },
});
