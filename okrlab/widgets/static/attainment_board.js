// AttainmentBoard: sliders show their value at once; shares, verdicts and means come from Python.
export default okl.widget({
  name: "attainment-board",
  setup(ui) {
    const { h } = okl;
    const moving = new Map(); // id -> { value, ack, next } not confirmed yet
    let open = false; // the other readings
    let shown = null;

    // A slider sends its latest value as soon as the one before is answered.
    const push = (table, id, value, send) => {
      const before = table.get(id);
      if (before && !ui.settled(before.ack)) table.set(id, { ...before, value, next: send });
      else table.set(id, { value, ack: send(value), next: null });
      ui.redraw();
    };
    const settle = (table) => {
      for (const [id, move] of table) {
        if (!ui.settled(move.ack)) continue;
        if (move.next) table.set(id, { value: move.value, ack: move.next(move.value), next: null });
        else table.delete(id);
      }
    };
    const weeks = new Map(); // the same for the week

    const valueOf = (e) => moving.get(e.id)?.value ?? e.value;
    const setTo = (e, value) => push(moving, e.id, value, (v) => ui.send("set", { entry: e.id, value: v }));
    const clamp = (x, low, high) => Math.min(high, Math.max(low, x));
    const number = (text) => (text.trim() === "" ? NaN : Number(text));

    // -- controls ----------------------------------------------------------------------------------

    const drawSlider = (e) => {
      const value = valueOf(e);
      return h("div", { class: "okl-controls" },
        h("input", {
          type: "range", class: "okl-range", min: e.low, max: e.high, step: e.step, value: clamp(value, e.low, e.high), focusKey: `slide-${e.id}`,
          "aria-label": e.text, "aria-valuetext": `${value} ${e.unit}`.trim(), oninput: (event) => setTo(e, Number(event.target.value)),
        }),
        h("label", { class: "okl-exact" }, h("span", { class: "okl-hidden" }, `${e.text}, value`),
          h("input", {
            type: "number", class: "okl-field", step: "any", value, focusKey: `exact-${e.id}`,
            onchange: (event) => { const v = number(event.target.value); if (Number.isFinite(v)) setTo(e, v); },
          }), e.unit ? h("span", { class: "okl-muted" }, e.unit) : null));
    };

    const drawTick = (e, label) => {
      const id = `${ui.id}-${ui.view.shown}-${e.id}`;
      return h("label", { class: "okl-option", for: id },
        h("input", { type: "checkbox", id, focusKey: `tick-${e.id}`, checked: valueOf(e), onchange: (event) => setTo(e, event.target.checked) }),
        h("span", null, label));
    };

    const drawAmbition = (e) =>
      h("label", { class: "okl-pick" }, h("span", { class: "okl-small okl-muted" }, "What was promised"),
        h("select", { class: "okl-field", focusKey: `ambition-${e.id}`, value: e.ambition, onchange: (event) => ui.send("ambition", { entry: e.id, ambition: event.target.value }) },
          ui.view.ambitions.map((a) => h("option", { key: a.id, value: a.id }, a.label))));

    const drawVerdict = (v) =>
      h("p", { class: `okl-told okl-${v.colour}` },
        h("span", { class: "okl-stamp" }, h("span", { "aria-hidden": "true" }, v.sign), " ", v.word), h("span", null, v.words));

    // -- pictures; the numbers beside them say the same ------------------------------------------------

    const LEFT = -0.3, WIDE = 1.6; // the way runs from -0.3 to 1.3
    const at = (ratio) => `${(100 * (clamp(ratio, LEFT, LEFT + WIDE) - LEFT)) / WIDE}%`;

    const drawTrack = (e) =>
      h("div", { class: `okl-track okl-on-${e.ambition}`, "aria-hidden": "true" },
        h("div", { class: "okl-way", style: { left: at(0), right: `calc(100% - ${at(1)})` } }),
        e.ambition === "moonshot" ? [
          h("i", { class: "okl-zone okl-red", style: { left: at(0), right: `calc(100% - ${at(0.4)})` } }),
          h("i", { class: "okl-zone okl-amber", style: { left: at(0.4), right: `calc(100% - ${at(0.7)})` } }),
          h("i", { class: "okl-zone okl-green", style: { left: at(0.7), right: `calc(100% - ${at(1)})` } }),
        ] : null,
        h("div", { class: "okl-done", style: { left: at(Math.min(0, e.ratio)), right: `calc(100% - ${at(Math.max(0, e.ratio))})` } }),
        e.bars.map((b, i) => h("div", { key: b.words, class: `okl-notch okl-notch-${e.bars.length > 1 ? i : "alone"}`, style: { left: at(b.at) } }, h("span", null, b.words))),
        h("div", { class: "okl-end", style: { left: at(0) } }, h("span", null, e.from)),
        h("div", { class: "okl-end", style: { left: at(1) } }, h("span", null, e.to)),
        h("div", { class: "okl-here", style: { left: at(e.ratio) } }));

    const drawBand = (e) => {
      const spot = (x) => `${(100 * (clamp(x, e.low, e.high) - e.low)) / (e.high - e.low)}%`;
      return h("div", { class: `okl-track okl-band-track${e.holds ? "" : " okl-broken"}`, "aria-hidden": "true" },
        h("div", { class: "okl-way", style: { left: "0", right: "0" } }),
        h("div", { class: "okl-allowed", style: { left: spot(e.lower ?? e.low), right: `calc(100% - ${spot(e.upper ?? e.high)})` } }),
        h("div", { class: "okl-end", style: { left: spot(e.lower ?? e.upper) } }, h("span", null, e.band)),
        h("div", { class: "okl-here", style: { left: spot(valueOf(e)) } }));
    };

    // -- entries -----------------------------------------------------------------------------------

    const drawMetric = (e) => [
      h("p", { class: "okl-muted okl-small" }, `From ${e.from} to ${e.to}; now ${e.now}.`),
      drawTrack(e), drawSlider(e), drawAmbition(e), drawVerdict(e.verdict),
      h("p", { class: "okl-working-line" }, e.working),
      e.pace ? h("p", { class: "okl-small" }, e.pace) : null,
      ui.view.hurriedOn && e.hurried ? h("p", { class: "okl-hurried-line" }, h("b", null, "Hurried: "), e.hurried) : null,
      ui.view.own ? okl.button({ kind: "quiet", label: ["Remove", h("span", { class: "okl-hidden" }, ` ${e.text}`)], onclick: () => { ui.focus("own-text"); ui.send("remove", { entry: e.id }); } }) : null,
    ];

    const drawMilestone = (e) => [
      h("p", { class: "okl-muted okl-small" }, `Done when: ${e.evidence}.`, e.movesLater ? ` Should move later: ${e.movesLater}.` : ""),
      e.gates.length
        ? h("ul", { class: "okl-plain okl-gates", "aria-label": "Gates, declared beforehand" }, e.gates.map((g) => {
            const id = `${ui.id}-${ui.view.shown}-${e.id}-${g.id}`;
            return h("li", { key: g.id }, h("label", { class: "okl-option", for: id },
              h("input", { type: "checkbox", id, checked: g.passed, focusKey: `gate-${g.id}`, onchange: (event) => ui.send("gate", { entry: e.id, gate: g.id, on: event.target.checked }) }),
              h("span", { class: "okl-gate" }, g.text), h("span", { class: "okl-muted" }, `weight ${g.weight}`)));
          }))
        : drawTick(e, "Done"),
      drawAmbition(e), drawVerdict(e.verdict),
    ];

    const ROLE = { metric: "metric_key_result", milestone: "milestone_key_result", maintain: "health_metric", guardrail: "health_metric", learning: "metric_key_result" };
    const KIND = { metric: "Metric key result", milestone: "Milestone key result", maintain: "Range to keep", guardrail: "Guardrail", learning: "To find out" };

    const drawEntry = (e) => {
      const body = e.kind === "metric" ? drawMetric(e) : e.kind === "milestone" ? drawMilestone(e)
        : e.kind === "learning" ? [drawTick(e, "It is known now"), h("p", { class: "okl-small" }, "Known or not known: never part of a mean.")]
        : [drawBand(e), drawSlider(e), h("p", { class: `okl-told ${e.holds ? "okl-green" : "okl-red"}` },
            h("span", { class: "okl-stamp" }, h("span", { "aria-hidden": "true" }, e.holds ? "✓" : "✕"), e.holds ? " Holds" : " Broken"),
            h("span", null, `${e.now}; agreed: ${e.band}.`))];
      return h("li", { key: `${ui.view.shown}-${e.id}`, class: `okl-entry okl-role-${ROLE[e.kind]}` },
        h("div", { class: "okl-entry-head" },
          h("p", { class: "okl-entry-name" }, okl.roleMark(ROLE[e.kind]), h("span", null, h("b", null, e.text), h("span", { class: "okl-muted okl-small" }, ` ${KIND[e.kind]}`))),
          ["metric", "milestone"].includes(e.kind) ? h("span", { class: "okl-share" }, e.share) : null),
        body);
    };

    // -- the whole ---------------------------------------------------------------------------------

    const drawTogether = ({ together: t, hurried, hurriedOn }) =>
      h("section", { key: "together", class: "okl-together okl-stack", "aria-label": "The objective as a whole" },
        h("p", { class: "okl-title" }, "The objective as a whole"),
        t.broken.length ? h("p", { class: "okl-told okl-red" }, h("span", { class: "okl-stamp" }, h("span", { "aria-hidden": "true" }, "✕"), " Broken"), h("span", null, `${t.broken.join(", ")}. This comes first, whatever the mean says.`)) : null,
        t.held.length ? h("p", { class: "okl-told okl-green" }, h("span", { class: "okl-stamp" }, h("span", { "aria-hidden": "true" }, "✓"), " Holds"), h("span", null, `${t.held.join(", ")}.`)) : null,
        t.mean ? h("p", { class: "okl-mean" }, "Mean attainment ", h("b", null, t.mean), t.working ? h("span", { class: "okl-muted" }, ` ${t.working}`) : null) : h("p", null, "Nothing to average."),
        t.left_out ? h("p", { class: "okl-small" }, t.left_out) : null,
        t.owed.length ? h("p", null, h("b", null, "Promised and missed, so explain: "), `${t.owed.join(", ")}.`) : null,
        h("div", null, okl.button({ label: hurriedOn ? "Hide the hurried reading" : "What would a hurried reader claim?", focusKey: "hurry", "aria-expanded": hurriedOn, onclick: () => ui.send("hurry", { on: !hurriedOn }) })),
        hurried ? h("div", { class: "okl-hurried okl-stack" }, hurried.claims.length
          ? hurried.claims.map((c) => h("div", { key: c.head }, h("p", { class: "okl-claim" }, h("s", null, c.head)), h("p", { class: "okl-small" }, c.working), h("p", null, c.why)))
          : h("p", null, "Here even a hurried reader finds nothing to get wrong.")) : null);

    const own = (field) => (event) => ui.send("write", { field, text: event.target.value });

    const drawOwn = ({ own: o, ambitions }) => {
      const field = (name, label, extra = {}) =>
        h("label", { key: name, class: `okl-pick okl-own-${name}` }, h("span", { class: "okl-small okl-muted" }, label),
          h("input", { class: "okl-field", type: "text", maxlength: name === "unit" ? o.unitLimit : o.nameLimit, autocomplete: "off", focusKey: `own-${name}`, value: o.form[name], oninput: own(name), ...extra }));
      return h("form", { key: "own-form", class: "okl-own-form okl-stack", "aria-label": "A key result of your own", onsubmit: (e) => { e.preventDefault(); ui.focus("own-text"); ui.send("add"); } },
        h("p", null, o.full ? `${o.most} key results are enough for an objective. Remove one to try another.` : "Add a key result of your own: a measure, from where to where, and where it stands."),
        h("div", { class: "okl-own-fields" },
          field("text", "What is measured"), field("unit", "Unit"),
          field("baseline", "From", { inputmode: "decimal" }), field("target", "To", { inputmode: "decimal" }), field("current", "Now", { inputmode: "decimal" }),
          h("label", { class: "okl-pick okl-own-ambition" }, h("span", { class: "okl-small okl-muted" }, "What was promised"),
            h("select", { class: "okl-field", focusKey: "own-ambition", value: o.form.ambition, onchange: own("ambition") }, ambitions.map((a) => h("option", { key: a.id, value: a.id }, a.label))))),
        okl.actions(null, okl.button({ kind: "primary", label: "Add", type: "submit", focusKey: "own-add", disabled: o.full })));
    };

    const drawObjective = (view) => view.own
      ? h("label", { key: "objective-own", class: "okl-pick" }, h("span", { class: "okl-small okl-muted" }, "Your objective, in words"),
          h("input", { class: "okl-field", type: "text", maxlength: view.own.nameLimit, autocomplete: "off", focusKey: "own-objective", value: view.objective, oninput: own("objective") }))
      : h("p", { key: "objective", class: "okl-objective" }, okl.roleMark("objective"), h("span", null, h("span", { class: "okl-hidden" }, "Objective: "), h("b", null, view.objective)));

    const drawWeek = (view) => {
      const now = weeks.get("week")?.value ?? view.week;
      return h("label", { key: "week", class: "okl-week" }, h("span", { class: "okl-small okl-muted" }, `Week ${now} of ${view.weeks}`, now < view.weeks ? "" : ": the quarter is over"),
        h("input", { type: "range", class: "okl-range", min: 1, max: view.weeks, step: 1, value: now, focusKey: "week", "aria-valuetext": `Week ${now} of ${view.weeks}`,
          oninput: (e) => push(weeks, "week", Number(e.target.value), (v) => ui.send("week", { week: v })) }));
    };

    return {
      render(view) {
        if (view.shown !== shown) { shown = view.shown; moving.clear(); weeks.clear(); }
        return [
          h("div", { key: "head" }, h("p", { class: "okl-title" }, view.title), h("p", { class: "okl-muted" }, view.intro)),
          h("div", { key: "top", class: "okl-top" },
            h("label", { class: "okl-pick" }, h("span", { class: "okl-small okl-muted" }, "Key results of"),
              h("select", { class: "okl-field", focusKey: "set", value: view.shown, onchange: (e) => ui.send("show", { set: e.target.value }) },
                view.sets.map((s) => h("option", { key: s.id, value: s.id }, s.title)))),
            drawWeek(view)),
          drawObjective(view),
          view.story ? h("p", { key: "story" }, view.story) : null,
          view.look ? h("p", { key: "look", class: "okl-look" }, h("b", null, "Try this. "), view.look) : null,
          view.results.length ? h("ul", { key: "results", class: "okl-plain okl-entries", "aria-label": "Key results" }, view.results.map(drawEntry)) : null,
          view.apart.length ? h("div", { key: "apart", class: "okl-apart" }, h("p", null, h("b", null, "Beside the mean, never in it")),
            h("ul", { class: "okl-plain okl-entries", "aria-label": "Guardrails, ranges to keep and things to find out" }, view.apart.map(drawEntry))) : null,
          view.own ? drawOwn(view) : null,
          view.together ? drawTogether(view) : okl.empty("No key result yet. Write one above and add it."),
          h("div", { key: "foot", class: "okl-foot" },
            okl.disclosure({ key: "readings", label: "Others read it differently", open, focusKey: "readings", ontoggle: () => { open = !open; ui.redraw(); } },
              h("ul", { class: "okl-plain okl-stack" }, view.readings.map((r) => h("li", { key: r.id }, h("p", null, h("b", null, `${r.whose}. `), r.text))))),
            okl.button({ label: "Back to how it was", disabled: !view.moved, focusKey: "back", onclick: () => { moving.clear(); ui.send("back"); } })),
        ];
      },
      drawn() { settle(moving); settle(weeks); },
    };
  },
});
