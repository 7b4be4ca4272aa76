// EightDimensions: switches show their new side at once; the role follows from Python.
export default okl.widget({
  name: "eight-dimensions",
  setup(ui) {
    const { h } = okl;
    const flips = new Map(); // switch -> { side, ack } not confirmed yet

    const sideOf = (id, side) => {
      const flip = flips.get(id);
      if (flip && ui.settled(flip.ack)) flips.delete(id);
      return flips.get(id)?.side ?? side;
    };

    const flip = (id, side) => {
      const data = id === "guard" ? { switch: id, on: side === "on" } : { switch: id, side };
      flips.set(id, { side, ack: ui.send("flip", data) });
      ui.redraw();
    };

    const radio = (sw, side, text, now) => {
      const input = `${ui.id}-${ui.view.mode}-${ui.view.measure}-${sw.id}-${side}`;
      return h("label", { class: "okl-option okl-side", for: input },
        h("input", {
          type: "radio", id: input, name: `${ui.id}-${ui.view.mode}-${ui.view.measure}-${sw.id}`,
          focusKey: `${sw.id}-${side}`, checked: now === side, onchange: () => flip(sw.id, side),
        }),
        h("span", null, text));
    };

    const drawArgument = (argues) =>
      argues ? h("p", { class: "okl-argument" },
        okl.roleMark(argues.role),
        h("span", null, h("b", null, `Argues for ${argues.words}`), ` · ${argues.weight}`)) : null;

    const drawSwitch = (sw) => {
      const now = sideOf(sw.id, sw.side);
      return h("fieldset", { key: `${ui.view.measure}-${ui.view.mode}-${sw.id}`, class: `okl-switch${sw.argues?.weight === "decides" ? " okl-decides" : ""}` },
        h("legend", null, h("b", null, sw.title), h("span", { class: "okl-muted" }, ` ${sw.question}`)),
        h("div", { class: "okl-sides" }, radio(sw, "kpi", sw.kpi, now), radio(sw, "key_result", sw.key_result, now)),
        drawArgument(sw.argues));
    };

    const drawGuard = (guard) => {
      const now = sideOf("guard", guard.on ? "on" : "off");
      const sw = { id: "guard" };
      return h("fieldset", { key: `${ui.view.measure}-${ui.view.mode}-guard`, class: "okl-switch okl-guard" },
        h("legend", null, h("b", null, "One fact more"), h("span", { class: "okl-muted" }, " Not one of the eight: has a range been agreed in which it must stay?")),
        h("div", { class: "okl-sides" }, radio(sw, "off", guard.none, now), radio(sw, "on", guard.agreed, now)));
    };

    const drawNow = ({ verdict }) =>
      h("p", { key: "now", class: `okl-now okl-role-${verdict.role}` }, okl.roleMark(verdict.role),
        h("span", null, "Used this way, it is a ", h("b", null, verdict.words.toLowerCase().replace("kpi", "KPI")), "."));

    const drawVerdict = ({ verdict, last }) =>
      h("div", { key: "verdict", class: `okl-verdict-box okl-role-${verdict.role}` },
        h("p", null, verdict.because),
        verdict.warnings.map((w) => h("p", { class: "okl-warning" }, h("span", { "aria-hidden": "true" }, "! "), w)),
        verdict.changes.length ? h("div", { class: "okl-change" }, h("p", null, h("b", null, "What would change this")),
          verdict.changes.map((c) => h("p", null, c))) : null,
        h("p", { class: "okl-rule" },
          last ? [h("b", null, `${last.title}. `), `${last.why} Rule: ${last.rule} `, h("span", { class: "okl-muted" }, `(${last.source})`)]
            : h("span", { class: "okl-muted" }, "Flip a switch: its rule appears here.")));

    const drawTask = ({ challenge }) =>
      h("div", { key: "task", class: "okl-task-box" },
        h("p", { class: "okl-muted okl-small" }, `${challenge.solved} of ${challenge.of} cases solved`),
        h("p", { class: "okl-prompt" }, challenge.prompt),
        h("p", { class: "okl-goal" }, "Goal: ", okl.role(challenge.goal, challenge.goalWords)));

    const drawOutcome = ({ challenge }) => {
      const outcome = challenge?.outcome;
      if (!outcome) return challenge ? h("p", { key: "hidden", class: "okl-muted okl-before" }, "The role appears when you check.") : null;
      return h("div", { key: "outcome", class: `okl-feedback ${outcome.correct ? "okl-is-right" : "okl-is-wrong"}`, tabindex: "-1", focusKey: "outcome" },
        h("p", null, okl.verdict(outcome.correct, outcome.correct ? "Right" : outcome.reached ? "Reached, with more flips than needed" : "Not yet")),
        h("p", null, outcome.words));
    };

    const modes = [["explore", "Explore"], ["challenge", "Try it"]];

    return {
      render(view) {
        const show = (change) => ui.send("show", { measure: view.measure, mode: view.mode, ...change });
        const task = view.challenge;
        const solved = task?.outcome?.correct;
        return [
          h("div", { key: "top", class: "okl-top" },
            h("label", { class: "okl-pick" }, h("span", { class: "okl-small okl-muted" }, "Measure"),
              h("select", { class: "okl-field", focusKey: "measure", value: view.measure, onchange: (e) => show({ measure: e.target.value }) },
                view.measures.map((m) => h("option", { key: m.id, value: m.id }, `${m.title} (${m.industry})`)))),
            h("div", { class: "okl-modes", role: "group", "aria-label": "What to do" },
              modes.map(([mode, label]) => okl.button({
                key: mode, label, focusKey: `mode-${mode}`, "aria-pressed": view.mode === mode, onclick: () => show({ mode }),
              })))),
          h("p", { key: "case" }, view.case),
          task ? drawTask(view) : null,
          h("div", { key: "layout", class: "okl-layout" },
            h("div", { class: "okl-switches" }, view.switches.map(drawSwitch), drawGuard(view.guard)),
            h("div", { class: "okl-beside" },
              drawOutcome(view), view.verdict ? [drawNow(view), drawVerdict(view)] : null)),
          h("div", { key: "actions" }, okl.actions(
            okl.button({ label: "Put the switches back", disabled: !view.moved, onclick: () => ui.send("reset") }),
            !task ? null
              : solved && task.next
                ? okl.button({ key: "next", kind: "primary", label: "Next case", focusKey: "primary", onclick: () => { ui.focus("measure"); show({ measure: task.next }); } })
                : okl.button({ key: "check", kind: "primary", label: "Check", focusKey: "primary", disabled: !view.moved || Boolean(task.outcome),
                    onclick: () => { ui.focus("outcome"); ui.send("check"); } }))),
        ];
      },
    };
  },
});
