// LifecycleBoard: lanes with cards, the chosen card beside them, the history below. A card goes to a
// lane by a button, by the menu, or by dragging it; whether it may is for Python to say.
export default okl.widget({
  name: "lifecycle-board",
  setup(ui) {
    const { h } = okl;
    const chart = okl.chart(ui);
    let drag = null;
    let dropped = -1000;
    let shown = null;
    let unseen = false; // the chosen work may lie below the edge of a small screen
    let asking = false; // "Start again?" is open
    const open = new Set(); // "records", "rules"

    const SIGNS = { alert: ["!", "okl-sign-alert"], retired: ["–", "okl-sign-retired"] };
    const drawMark = (mark) => SIGNS[mark]
      ? h("span", { class: `okl-sign ${SIGNS[mark][1]}`, "aria-hidden": "true" }, SIGNS[mark][0])
      : okl.roleMark(mark);

    // -- dragging with mouse or pen (a finger taps, so that it can scroll) ---------------------------

    const startDrag = (id) => (event) => {
      if (event.button !== 0 || event.pointerType === "touch") return;
      drag = { id, el: event.currentTarget, pointer: event.pointerId, x: event.clientX, y: event.clientY, ghost: null, over: null };
      drag.el.setPointerCapture(event.pointerId);
    };
    const lift = () => {
      const ghost = document.createElement("div");
      ghost.className = "okl okl-lifecycle-board okl-ghost";
      ghost.dataset.theme = ui.root.dataset.theme;
      ghost.setAttribute("aria-hidden", "true");
      ghost.textContent = ui.view.works[drag.id].name;
      document.body.append(ghost);
      drag.ghost = ghost;
      drag.el.classList.add("okl-lifted");
    };
    const laneAt = (x, y) => [...ui.root.querySelectorAll("[data-lane]")].find((el) => {
      const r = el.getBoundingClientRect();
      return x >= r.left && x <= r.right && y >= r.top && y <= r.bottom;
    });
    const moveDrag = (event) => {
      if (!drag || event.pointerId !== drag.pointer) return;
      if (!drag.ghost) {
        if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < 6) return;
        lift();
      }
      drag.ghost.style.transform = `translate(${event.clientX - 24}px, ${event.clientY - 20}px)`;
      const over = laneAt(event.clientX, event.clientY);
      if (over === drag.over) return;
      drag.over?.classList.remove("okl-over");
      over?.classList.add("okl-over");
      drag.over = over;
    };
    const endDrag = (event) => {
      if (!drag || (event && event.pointerId !== drag.pointer)) return;
      const { id, el, ghost, over } = drag;
      drag = null;
      if (!ghost) return;
      ghost.remove();
      el.classList.remove("okl-lifted");
      over?.classList.remove("okl-over");
      dropped = performance.now();
      if (!event || event.type !== "pointerup" || !over || over.dataset.lane === ui.view.works[id].state) return;
      ui.focus("told");
      ui.send("aim", { work: id, lane: over.dataset.lane });
    };

    // -- lanes -------------------------------------------------------------------------------------

    const drawCard = (view, id) => {
      const w = view.works[id];
      return h("li", { key: id }, h("button", {
        type: "button", class: `okl-card${w.waits ? " okl-waits" : ""}`, focusKey: `card-${id}`, "aria-pressed": view.chosen.id === id,
        onpointerdown: startDrag(id), onpointermove: moveDrag, onpointerup: endDrag, onpointercancel: endDrag,
        onclick: (event) => { if (event.timeStamp - dropped > 250) { unseen = true; ui.send("pick", { work: id }); } },
      }, drawMark(w.mark), h("span", { class: "okl-card-name" }, w.name),
        w.role || w.now ? h("span", { class: "okl-muted okl-small" }, [w.role, w.now].filter(Boolean).join(", ")) : null,
        w.critical ? h("span", { class: "okl-chip" }, "critical") : null,
        w.waits ? h("span", { class: "okl-chip" }, "waits") : null));
    };

    const drawLanes = (view) =>
      h("div", { key: "lanes", class: "okl-lanes", role: "group", "aria-label": "The board: one lane for each state" },
        view.lanes.map((lane) => h("section", { key: lane.id, class: `okl-lane okl-lane-${lane.id}`, "data-lane": lane.id, "aria-label": lane.label },
          h("div", { class: "okl-lane-head" }, h("b", null, lane.label), h("span", { class: "okl-muted okl-small" }, lane.what)),
          lane.works.length ? h("ul", { class: "okl-plain okl-cards" }, lane.works.map((id) => drawCard(view, id)))
            : h("p", { class: "okl-hidden" }, "Nothing here."))));

    // -- the chosen work ---------------------------------------------------------------------------

    const drawChart = (c) => {
      const marks = [];
      if (c.band) marks.push({ type: "band", ...(c.band[0] === null ? {} : { from: c.band[0] }), ...(c.band[1] === null ? {} : { to: c.band[1] }), label: "Band", tone: "health" });
      if (c.limits) {
        const [lower, centre, upper] = c.limits.map((v) => Math.round(100 * v) / 100);
        marks.push({ type: "limit", at: upper, label: `Upper limit ${upper}`, tone: "text", dash: "dash" });
        marks.push({ type: "limit", at: centre, label: `Centre ${centre}`, tone: "muted" });
        marks.push({ type: "limit", at: lower, label: `Lower limit ${lower}`, tone: "text", dash: "dash" });
      }
      if (c.target !== null) marks.push({ type: "limit", at: c.target, label: `Target ${c.target}`, tone: "metric", dash: "dot" });
      marks.push({ type: "line", points: c.points, tone: "kpi" });
      marks.push({ type: "points", tone: "kpi", points: c.points.map(([x, y]) => ({ x, y })) });
      if (c.newFrom > c.first) marks.push({ type: "marker", at: c.newFrom - 0.5, label: "new from here" });
      return chart.draw({
        key: `chart-${c.name}`, title: c.title, desc: c.desc, height: 230,
        x: { min: Math.min(c.first, 1), max: c.last, name: "Month", whole: true }, y: { unit: c.unit, name: c.name, min: undefined },
        marks, table: { caption: c.name, head: ["Month", c.unit || "Value"], rows: c.points },
      });
    };

    const type = (f) => (event) => ui.send("type", f.kind === "yes" ? { field: f.id, on: event.target.checked } : { field: f.id, text: event.target.value });

    const drawField = (form) => (f) => {
      const common = { focusKey: `field-${f.id}`, class: "okl-field" };
      if (f.kind === "yes") {
        const id = `${ui.id}-${f.id}`;
        return h("label", { key: f.id, class: "okl-option", for: id }, h("input", { type: "checkbox", id, checked: f.value, focusKey: `field-${f.id}`, onchange: type(f) }), h("span", null, f.label));
      }
      return h("label", { key: f.id, class: `okl-pick okl-kind-${f.kind}` }, h("span", { class: "okl-small okl-muted" }, f.label),
        f.options.length
          ? h("select", { ...common, value: f.value, onchange: type(f) }, f.options.map((o) => h("option", { key: o.id, value: o.id }, o.label)))
          : h("input", { ...common, type: "text", maxlength: form.limit, autocomplete: "off", inputmode: f.kind === "number" ? "decimal" : null, value: f.value, oninput: type(f) }));
    };

    const drawTried = ({ tried, trouble, title, idea }) => tried || trouble
      ? h("div", { key: "tried", class: "okl-feedback okl-is-wrong", tabindex: "-1", focusKey: "told" },
          h("p", null, okl.verdict(false, `Not possible now: ${title.toLowerCase()}`)),
          trouble ? h("p", null, trouble) : null,
          tried ? h("ul", { class: "okl-plain okl-guards" }, tried.map((g) => h("li", { key: g.name },
            g.holds ? h("span", { class: "okl-right" }, h("span", { "aria-hidden": "true" }, "✓ "), `${g.name}: holds.`)
              : [h("b", { class: "okl-wrong" }, h("span", { "aria-hidden": "true" }, "✕ "), g.failed), ` ${g.remedy}`]))) : null,
          idea ? h("p", null, h("b", null, "The idea behind it: "), `“${idea.title}” `, h("span", { class: "okl-muted" }, idea.repair)) : null)
      : null;

    const drawForm = (form) =>
      h("form", { key: `form-${form.move}`, class: "okl-form okl-stack", "aria-label": form.title, onsubmit: (e) => { e.preventDefault(); ui.focus("told"); ui.send("make"); } },
        h("p", null, h("b", null, `${form.title}. `), h("span", { class: "okl-muted" }, `Rule (ours): ${form.rule}`)),
        form.fields.length ? h("div", { class: "okl-fields" }, form.fields.map(drawField(form))) : null,
        drawTried(form),
        okl.actions([
          form.fill ? okl.button({ key: "fill", label: "Fill in for me", focusKey: "fill", onclick: () => { ui.focus("make"); ui.send("fill"); } }) : null,
          okl.button({ key: "cancel", label: "Not now", focusKey: "cancel", onclick: () => { ui.focus("moves"); ui.send("cancel"); } }),
        ], okl.button({ kind: "primary", label: form.button, type: "submit", focusKey: "make" })));

    const openMove = (move) => { if (move) { ui.focus("opened"); ui.send("open", { move }); } };

    const drawMoves = (c) =>
      h("div", { key: "moves", class: "okl-moves okl-stack" },
        h("div", { class: "okl-others", role: "group", "aria-label": `What can be done with ${c.name}`, tabindex: "-1", focusKey: "moves" },
          c.moves.map((m) => okl.button({ key: m.id, label: m.title, focusKey: `move-${m.id}`, onclick: () => openMove(m.id) })),
          c.moves.length ? null : h("p", { class: "okl-muted" }, "Nothing leads on from here.")),
        h("label", { class: "okl-pick okl-try-another" }, h("span", { class: "okl-small okl-muted" }, "Or try a move that does not start here, and read why"),
          h("select", { class: "okl-field", focusKey: "other", value: "", onchange: (e) => { const move = e.target.value; e.target.value = ""; openMove(move); } },
            h("option", { value: "" }, "Choose a move"), c.others.map((m) => h("option", { key: m.id, value: m.id }, m.title)))));

    const drawChosen = (c) =>
      h("section", { key: "chosen", class: "okl-chosen okl-stack", "aria-label": c.name },
        h("p", { class: "okl-chosen-head" }, drawMark(c.mark), h("span", null, h("b", null, c.name), h("span", { class: "okl-muted" }, ` ${c.stateWords}${c.role ? `: ${c.role}` : ""}`))),
        c.about ? h("p", null, c.about) : null,
        c.done && !c.form ? h("p", { key: "done", class: "okl-feedback okl-is-right", tabindex: "-1", focusKey: "told" }, h("span", { "aria-hidden": "true" }, "✓ "), c.done) : null,
        c.facts.length ? h("ul", { class: "okl-facts" }, c.facts.map((f) => h("li", { key: f }, f))) : null,
        h("div", { key: "opened", tabindex: "-1", focusKey: "opened", role: "group", "aria-label": c.form ? c.form.title : "Moves" }, c.form ? drawForm(c.form) : drawMoves(c)),
        c.chart ? drawChart(c.chart) : null);

    // -- time and history --------------------------------------------------------------------------

    const drawTurn = (view) => {
      const { turn: t, story } = view;
      return h("section", { key: "turn", class: "okl-turn okl-stack", "aria-label": "Where we are" },
        h("p", { class: "okl-title", tabindex: "-1", focusKey: "turn" }, t.words),
        h("p", null, t.events),
        t.hint ? h("p", { class: "okl-hint" }, h("b", null, "The story: "), t.hint) : null,
        view.missed.length ? h("ul", { class: "okl-missed", "aria-label": "Left alone" }, view.missed.map((m) => h("li", { key: m }, h("span", { "aria-hidden": "true" }, "! "), m))) : null,
        view.waiting ? h("p", { class: "okl-waiting" }, h("span", { "aria-hidden": "true" }, "! "), view.waiting) : null,
        view.closing ? h("div", { class: "okl-closing" }, h("p", null, h("b", null, "What to take from it")), h("ul", null, view.closing.map((x) => h("li", { key: x }, x)))) : null,
        okl.actions([
          story && t.deed.length ? okl.button({ key: "deed", label: "Do as the story does", focusKey: "deed", title: t.deed.join("; "), onclick: () => ui.send("deed") }) : null,
          okl.button({ key: "back", label: "Take back", disabled: !view.canTakeBack, focusKey: "back", onclick: () => ui.send("back") }),
          asking
            ? h("span", { key: "asking", class: "okl-asking", role: "group", "aria-label": "Start again?" },
                okl.button({ label: "Clear the board", focusKey: "yes", onclick: () => { asking = false; ui.focus("turn"); ui.send("again"); } }),
                okl.button({ label: "Keep it", focusKey: "no", onclick: () => { asking = false; ui.focus("again"); ui.redraw(); } }))
            : okl.button({ key: "again", kind: "quiet", label: "Start again", disabled: !view.canTakeBack, focusKey: "again", onclick: () => { asking = true; ui.focus("no"); ui.redraw(); } }),
        ], t.last ? null : okl.button({ kind: view.chosen.form ? "secondary" : "primary", label: story ? "Go on" : "Next quarter", focusKey: "on", onclick: () => { ui.focus("turn"); ui.send("on"); } })));
    };

    const drawRun = (r) =>
      h("span", { class: `okl-run okl-run-${r.state || "none"}`, style: { flex: r.to - r.from + 1 }, title: r.state ? `${r.words}, ${r.from}–${r.to}` : null },
        r.state ? drawMark(r.mark) : null, r.to - r.from > 3 ? h("span", { class: "okl-run-words" }, r.words) : null);

    const drawHistory = (view) =>
      h("section", { key: "history", class: "okl-history okl-stack", "aria-label": "History" },
        h("p", null, h("b", null, view.story ? "So far, month by month" : "So far, quarter by quarter")),
        view.axis.length ? h("div", { class: "okl-strip okl-axis-row", "aria-hidden": "true" }, view.axis.map((a) => h("span", { key: a.words, style: { flex: a.months } }, a.words))) : null,
        h("ul", { class: "okl-plain okl-stack" }, view.history.map((row) => h("li", { key: row.name },
          h("p", { class: "okl-row-name" }, row.name),
          h("div", { class: "okl-strip", "aria-hidden": "true" }, row.runs.map((r, i) => ({ ...drawRun(r), key: String(i) }))),
          h("p", { class: "okl-small" }, row.words)))),
        okl.disclosure({ key: "records", label: `Moves so far (${view.records.length})`, open: open.has("records"), focusKey: "records", ontoggle: () => { if (!open.delete("records")) open.add("records"); ui.redraw(); } },
          view.records.length ? h("ol", null, view.records.map((r, i) => h("li", { key: String(i) }, r))) : h("p", null, "None yet.")));

    return {
      render(view) {
        if (view.shown !== shown) { shown = view.shown; asking = false; }
        return [
          h("div", { key: "top", class: "okl-top" },
            h("label", { class: "okl-pick" }, h("span", { class: "okl-small okl-muted" }, "Case"),
              h("select", { class: "okl-field", focusKey: "case", value: view.shown, onchange: (e) => ui.send("show", { case: e.target.value }) },
                view.cases.map((c) => h("option", { key: c.id, value: c.id }, c.title))))),
          h("p", { key: "intro" }, view.intro),
          h("p", { key: "ours", class: "okl-ours" }, h("b", null, "These rules are ours. "), "The article says only that work moves between OKRs and KPIs by its state; the rest of it is behind a paywall. States, guards and numbers are our reconstruction."),
          drawTurn(view),
          h("div", { key: "desk", class: "okl-desk" }, drawLanes(view), drawChosen(view.chosen)),
          drawHistory(view),
          okl.disclosure({ key: "rules", label: "What this assumes", open: open.has("rules"), focusKey: "rules", ontoggle: () => { if (!open.delete("rules")) open.add("rules"); ui.redraw(); } },
            h("ul", null, view.rules.map((r) => h("li", { key: r }, r)))),
        ];
      },
      drawn() {
        if (!unseen || ui.busy) return;
        unseen = false;
        const panel = ui.root.querySelector(".okl-chosen");
        if (panel.getBoundingClientRect().top > innerHeight - 160) panel.scrollIntoView({ block: "start" });
      },
      destroy() { endDrag(null); chart.destroy(); },
    };
  },
});
