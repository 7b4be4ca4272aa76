// Scenario: the coach leads a room through a case. Counts and sliders show at once; the rest follows
// from Python, which holds back what the room must not see yet.
export default okl.widget({
  name: "scenario",
  setup(ui) {
    const { h } = okl;
    const chart = okl.chart(ui);
    const typed = new Map(); // "round/option" -> { count, ack } not confirmed yet
    const moved = new Map(); // control -> { value, ack } not confirmed yet

    const local = (map, key, value) => {
      const own = map.get(key);
      if (own && ui.settled(own.ack)) map.delete(key);
      return map.get(key)?.value ?? value;
    };

    // -- the clock: runs here, and tells Python what is left when it stops ---------------------------

    const clock = { step: null, left: 0, running: false, due: 0, tick: null };

    const stepId = () => ui.view.steps[ui.view.step].id;

    const leftNow = () => (clock.running ? Math.max(0, Math.ceil((clock.due - Date.now()) / 1000)) : clock.left);

    const keepClock = () => ui.send("timer", { step: clock.step, left: leftNow() });

    const stopClock = (keep = true) => {
      if (!clock.running) return;
      clock.left = leftNow();
      clock.running = false;
      clearInterval(clock.tick);
      if (keep) keepClock();
    };

    const words = (seconds) => {
      const minutes = Math.floor(seconds / 60);
      const rest = seconds % 60;
      return [minutes ? okl.plural(minutes, "minute") : "", rest || !minutes ? okl.plural(rest, "second") : ""].filter(Boolean).join(" ");
    };

    const onTick = () => {
      const left = leftNow();
      if (left === 60 && clock.last > 60) ui.announce("One minute left.");
      if (left === 0) { ui.announce("Time is up."); stopClock(); } else if (left % 15 === 0) keepClock(); // a closed page loses seconds, not minutes
      clock.last = left;
      ui.redraw();
    };

    const startClock = () => {
      if (clock.left <= 0) return;
      clock.running = true;
      clock.due = Date.now() + clock.left * 1000;
      clock.last = clock.left;
      clock.tick = setInterval(onTick, 1000);
      ui.announce(`Clock started: ${words(clock.left)}.`);
      ui.redraw();
    };

    const followStep = (view) => {
      if (clock.step === stepId()) return;
      if (clock.running) stopClock(false);
      clock.step = stepId();
      clock.left = view.left;
    };

    const resetClock = (view) => {
      stopClock(false);
      clock.left = view.minutes * 60;
      keepClock();
      ui.redraw();
    };

    const drawClock = (view) => {
      const left = leftNow();
      const text = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
      return h("div", { key: "clock", class: "okl-clock", role: "group", "aria-label": `Clock for this step, ${okl.plural(view.minutes, "minute")}` },
        h("span", { class: `okl-time${left === 0 ? " okl-up" : ""}`, role: "timer" }, left === 0 ? "Time is up" : text),
        clock.running
          ? okl.button({ key: "run", label: "Pause", focusKey: "clock", onclick: () => { stopClock(); ui.redraw(); } })
          : okl.button({ key: "run", label: left < view.minutes * 60 && left ? "Go on" : "Start the clock", focusKey: "clock", disabled: left === 0, onclick: startClock }),
        left < view.minutes * 60 && !clock.running
          ? okl.button({ key: "again", kind: "quiet", label: "Back to the full time", onclick: () => { ui.focus("clock"); resetClock(view); } }) : null);
    };

    // -- going through the steps ----------------------------------------------------------------------

    const go = (step) => {
      const { steps } = ui.view;
      if (step < 0 || step >= steps.length) return;
      if (clock.running) stopClock();
      ui.send("go", { step });
    };

    const reveal = (to) => ui.send("reveal", { to });

    // A presenter's clicker sends the page keys: on the reveal they go point by point.
    const forward = () => {
      const { reveal: shown, step } = ui.view;
      if (shown && shown.at < shown.of) reveal(shown.at + 1);
      else go(step + 1);
    };
    const back = () => {
      const { reveal: shown, step } = ui.view;
      if (shown && shown.at > shown.base) reveal(shown.at - 1);
      else go(step - 1);
    };

    const toggleNotes = () => ui.send("notes", { shown: !ui.view.notes });

    const onKey = (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (event.target.closest?.("input, select, textarea, [role=slider], .okl-table-frame")) return;
      const act = { n: toggleNotes, N: toggleNotes, ArrowRight: forward, PageDown: forward, ArrowLeft: back, PageUp: back }[event.key];
      if (!act) return;
      event.preventDefault();
      if (!ui.busy) act();
    };
    ui.root.addEventListener("keydown", onKey);
    // In a presentation nothing has the focus at first, and the keys should work all the same.
    const onPageKey = (event) => {
      if (event.target === document.body && document.querySelectorAll(".okl-scenario").length === 1) onKey(event);
    };
    document.addEventListener("keydown", onPageKey);

    const drawHead = (view) =>
      h("div", { key: "head", class: "okl-scenario-head" },
        h("div", null, h("p", { class: "okl-muted okl-small" }, view.title), h("p", { class: "okl-step-name" }, view.steps[view.step].name)),
        h("label", { class: "okl-where" },
          h("span", { class: "okl-hidden" }, "Go to step"),
          h("select", { class: "okl-field", focusKey: "step", value: String(view.step), onchange: (e) => go(Number(e.target.value)) },
            view.steps.map((s, i) => h("option", { key: s.id, value: String(i) }, `${i + 1} of ${view.steps.length} · ${s.name}`)))));

    const drawWays = (view) => {
      const next = view.steps[view.step + 1];
      const previous = view.steps[view.step - 1];
      return h("div", { key: "ways", class: "okl-ways" },
        okl.button({ key: "previous", label: "Previous", class: "okl-big", focusKey: "previous", disabled: !previous, title: previous?.name, onclick: () => go(view.step - 1) }),
        drawClock(view),
        okl.button({ key: "notes", kind: "quiet", label: view.notes ? "Hide notes" : "Notes", title: "For the coach; or press n", focusKey: "notes", "aria-expanded": Boolean(view.notes), "aria-keyshortcuts": "n", onclick: toggleNotes }),
        okl.button({ key: "next", kind: "primary", label: next ? ["Next", h("span", { class: "okl-next-name" }, `: ${next.name}`)] : "The end", "aria-label": next ? `Next: ${next.name}` : null, class: "okl-big", focusKey: "next", disabled: !next, onclick: () => go(view.step + 1) }));
    };

    const drawNotes = ({ notes }) =>
      notes ? h("section", { key: "notes-box", class: "okl-notes", "aria-label": "Notes for the coach" },
        h("p", null, h("b", null, "For the coach"), " ", h("span", { class: "okl-muted" }, "(press n to hide)")),
        notes.text.map((p, i) => h("p", { key: i }, p)),
        notes.handle.length ? h("ul", { class: "okl-plain okl-handle-list" }, notes.handle.map((e, i) =>
          h("li", { key: i }, h("p", null, h("b", null, e.says)), h("p", null, e.handle)))) : null) : null;

    // -- votes ----------------------------------------------------------------------------------------

    const LETTERS = "ABCDE";

    const setCount = (round, option, value) => {
      const number = Math.max(0, Math.min(500, Math.round(Number(value) || 0)));
      typed.set(`${round}/${option}`, { value: number, ack: ui.send("count", { round, option, count: number }) });
      ui.redraw();
    };

    const drawCounter = (option, i, round) => {
      const value = local(typed, `${round}/${option.id}`, option[round]);
      const id = `${ui.id}-${round}-${option.id}`;
      const change = (by) => setCount(round, option.id, local(typed, `${round}/${option.id}`, option[round]) + by);
      return h("div", { key: option.id, class: "okl-counter", role: "group", "aria-label": `Votes for ${LETTERS[i]}` },
        okl.button({ label: "−", focusKey: `less-${option.id}`, "aria-label": `One vote less for ${LETTERS[i]}`, disabled: !value, onclick: () => change(-1) }),
        h("input", { id, class: "okl-field", type: "number", min: 0, max: 500, inputmode: "numeric", "aria-label": `Votes for ${LETTERS[i]}`, focusKey: `count-${option.id}`, value: String(value), onchange: (e) => setCount(round, option.id, e.target.value) }),
        okl.button({ label: "+", focusKey: `more-${option.id}`, "aria-label": `One vote more for ${LETTERS[i]}`, onclick: () => change(1) }));
    };

    const drawOptions = (vote) =>
      h("ol", { key: `options-${ui.view.step}`, class: "okl-plain okl-votes" }, vote.options.map((option, i) =>
        h("li", { key: option.id, class: `okl-vote${option.correct ? " okl-vote-right" : ""}` },
          h("p", { class: "okl-vote-text" }, h("span", { class: "okl-letter", "aria-hidden": "true" }, LETTERS[i]),
            h("span", null, option.correct ? [okl.verdict(true), " "] : null, option.text)),
          vote.round ? drawCounter(option, i, vote.round) : null,
          option.shows ? h("p", { class: "okl-shows" }, option.shows) : null)));

    const drawVoteBars = (vote) => {
      const now = (round, option) => (vote.round === round ? local(typed, `${round}/${option.id}`, option[round]) : option[round]);
      const sum = (round) => vote.options.reduce((total, o) => total + now(round, o), 0);
      const totals = { first: sum("first"), second: sum("second") };
      if (!totals.first && !totals.second) return null;
      const rounds = vote.again ? [["first", "First vote", "kpi"], ["second", "After talking", "metric"]] : [["first", "First vote", "kpi"]];
      const bar = (option) => ([round, label, tone]) => ({
        label, tone, value: totals[round] ? now(round, option) / totals[round] : 0,
        text: totals[round] ? `${now(round, option)} of ${totals[round]}, ${Math.round((100 * now(round, option)) / totals[round])} %` : "not counted yet",
      });
      const groups = vote.options.map((o, i) => ({ label: `${LETTERS[i]}`, bars: rounds.map(bar(o)) }));
      const desc = groups.map((g, i) => `${LETTERS[i]}, ${vote.options[i].text}: ${g.bars.map((b) => `${b.label} ${b.text}`).join("; ")}.`).join(" ");
      return h("div", { key: "vote-bars" }, chart.bars({ key: "votes", title: vote.again ? "Both votes side by side" : "The first vote", desc, groups, max: 1 }));
    };

    const drawAdvice = (vote) =>
      !told(vote)
        ? okl.disclosure({
            key: "advice", label: "What next? Advice for the coach", open: Boolean(vote.advice), focusKey: "advice",
            ontoggle: () => ui.send("advise", { shown: !vote.advice }),
          }, (vote.advice || []).map((line, i) => h("p", { key: i }, line)))
        : null;

    const told = (vote) => vote.options.some((option) => option.shows);

    const drawVote = (vote) => [
      drawOptions(vote),
      vote.gain ? h("p", { key: "gain", class: "okl-gain" }, vote.gain) : null,
      told(vote) ? null : drawVoteBars(vote),
      drawAdvice(vote),
    ];

    // -- pictures -------------------------------------------------------------------------------------

    const number = (v) => okl.number(v, 2);

    // In large type on a projector the picture and the way on should fit on one screen.
    const chartHeight = () => {
      const scale = (parseFloat(getComputedStyle(ui.root).fontSize) || 16) / 16;
      return Math.max(150, Math.min(260, Math.round((window.innerHeight * 0.34) / scale)));
    };

    const drawSeries = (line) => {
      const marked = new Set(line.signals);
      const at = (v, i) => [i + 1, v];
      const points = line.values.map((y, i) => ({ x: i + 1, y, shape: marked.has(i) ? "square" : "circle", tone: marked.has(i) ? "metric" : "objective" }));
      const unit = line.unit ? ` ${line.unit}` : "";
      const rule = (value, label, tone, dash) => ({ type: "limit", at: value, label: `${label} ${number(value)}${unit}`, tone, dash });
      const wide = (line.range[1] - line.range[0]) * 0.06 || 1;
      return h("div", { key: `series-${line.id}` }, chart.draw({
        key: line.id, title: line.title, desc: line.desc, height: chartHeight(),
        x: { min: 1, max: Math.max(2, line.count), name: line.period[0].toUpperCase() + line.period.slice(1), whole: true },
        y: { unit: line.unit, min: line.range[0] >= 0 ? Math.max(0, line.range[0] - wide) : line.range[0] - wide, max: line.range[1] + wide },
        marks: [
          ...(line.limits ? [rule(line.limits.upper, "Upper limit", "kpi", "dash"), rule(line.limits.centre, "Average", "kpi", "solid"), rule(line.limits.lower, "Lower limit", "kpi", "dash")] : []),
          ...(line.target === null ? [] : [rule(line.target, "Target", "health", "dot")]),
          { type: "line", points: line.values.map(at), tone: "objective" },
          { type: "points", points, tone: "objective" },
        ],
        table: {
          caption: line.title, head: [line.period[0].toUpperCase() + line.period.slice(1), line.unit || "Value", "Signal"],
          rows: line.values.map((v, i) => [i + 1, number(v), marked.has(i) ? "yes" : ""]),
        },
      }));
    };

    const drawBars = (bars) =>
      h("div", { key: "bars" }, chart.bars({
        key: "figures", title: bars.title, desc: bars.desc, max: bars.max,
        groups: [{ label: "", bars: bars.bars.map((b) => ({ ...b, tone: "kpi" })) }],
      }), bars.hidden ? h("p", { class: "okl-muted" }, `${okl.plural(bars.hidden, "bar")} still hidden`) : null);

    const drawPicture = (picture) =>
      picture ? h("div", { key: "picture", class: "okl-picture okl-stack" }, picture.bars ? drawBars(picture.bars) : picture.series.map(drawSeries)) : null;

    const drawPause = (shown) =>
      h("p", { key: "pause", class: `okl-pause${shown.pause ? "" : " okl-muted"}` },
        shown.pause || (shown.at >= shown.of ? "Everything is revealed." : `${shown.at} of ${okl.plural(shown.of, shown.word)} revealed.`));

    const drawReveal = (shown) => {
      const all = shown.at >= shown.of;
      return h("div", { key: "reveal", class: "okl-others" },
          okl.button({ key: "more", label: `Show the next ${shown.word}`, focusKey: "more", disabled: all, onclick: () => reveal(shown.at + 1) }),
          okl.button({ key: "less", label: `Hide the last ${shown.word}`, focusKey: "less", disabled: shown.at <= shown.base, onclick: () => reveal(shown.at - 1) }),
          okl.button({ key: "all", label: "Show all", focusKey: "all", disabled: all, onclick: () => reveal(shown.of) }));
    };

    // -- what if --------------------------------------------------------------------------------------

    const ask = (control, value) => {
      moved.set(control, { value, ack: ui.send("ask", { control, value }) });
      ui.redraw();
    };

    const waiting = new Map(); // control -> value, sent when the last answer is here

    const slide = (control, value) => {
      if (!ui.busy) { ask(control, value); return; }
      waiting.set(control, value);
      moved.set(control, { value, ack: moved.get(control)?.ack ?? "" });
      ui.redraw();
    };

    const drawControl = (control) => {
      const id = `${ui.id}-if-${control.id}`;
      const value = waiting.get(control.id) ?? local(moved, control.id, control.value);
      if (control.options) {
        return h("label", { key: control.id, class: "okl-control", for: id }, h("span", null, control.label),
          h("select", { id, class: "okl-field", focusKey: `if-${control.id}`, value, onchange: (e) => ask(control.id, e.target.value) },
            control.options.map((o) => h("option", { key: o.id, value: o.id }, o.label))));
      }
      const text = `${number(Number(value))}${control.unit ? ` ${control.unit}` : ""}`;
      return h("label", { key: control.id, class: "okl-control", for: id },
        h("span", null, `${control.label}: `, h("b", null, text)),
        h("input", { id, type: "range", class: "okl-slider", min: control.low, max: control.high, step: control.step, "aria-valuetext": text, focusKey: `if-${control.id}`, value: String(value), oninput: (e) => slide(control.id, Number(e.target.value)) }));
    };

    let asking = false;

    const drawWhatIf = (asked) =>
      okl.disclosure({
        key: "what-if", label: asked.title, open: asking, focusKey: "what-if",
        ontoggle: () => { asking = !asking; ui.redraw(); },
      }, h("div", { class: "okl-what-if okl-stack", role: "group", "aria-label": asked.title },
        h("div", { class: "okl-controls" }, asked.controls.map(drawControl)),
        h("div", { class: "okl-answer" }, asked.lines.map((line, i) => h("p", { key: i, class: i ? "" : "okl-answer-first" }, line))),
        asked.bars.length ? chart.bars({
          key: "what-if-bars", title: "In bars", desc: asked.bars.map((b) => `${b.label}: ${b.text}`).join("; "), max: 1,
          groups: [{ label: "", bars: asked.bars.map((b, i) => ({ ...b, tone: i ? "metric" : "kpi" })) }],
        }) : null,
        asked.assumptions.length ? h("div", { class: "okl-assumptions okl-muted" }, h("p", null, "A toy model. It assumes:"),
          h("ul", null, asked.assumptions.map((line, i) => h("li", { key: i }, line)))) : null));

    // -- the step -------------------------------------------------------------------------------------

    const drawWords = (view) =>
      h("div", { key: `words-${view.step}`, class: "okl-words okl-stack" },
        view.text.map((p, i) => h("p", { key: i }, p)),
        view.frame ? h("p", { class: "okl-frame" }, view.frame) : null,
        view.secret ? h("p", { class: "okl-frame" }, "Secret vote: on paper, folded, counted by somebody who is not a boss.") : null,
        view.points.length ? h("ul", { class: "okl-says" }, view.points.map((line, i) => h("li", { key: i }, line))) : null,
        view.questions.length ? h("ol", { class: "okl-says" }, view.questions.map((q, i) =>
          h("li", { key: i }, h("p", null, q.ask), q.frame ? h("p", { class: "okl-frame" }, q.frame) : null))) : null);

    const drawEnd = (view) =>
      view.step === view.steps.length - 1
        ? h("div", { key: "end", class: "okl-others" },
            okl.button({ label: "Start again with another room", onclick: () => { ui.focus("next"); ui.send("restart"); } }),
            h("p", { class: "okl-muted okl-small" }, view.source))
        : null;

    let drawnStep = null;

    return {
      render(view) {
        followStep(view);
        return [
          drawHead(view),
          h("div", { key: "stage", class: "okl-stage okl-stack" },
            drawWords(view),
            view.reveal ? drawPause(view.reveal) : null,
            drawPicture(view.picture),
            view.reveal ? drawReveal(view.reveal) : null,
            view.vote && view.reveal === null ? drawVote(view.vote) : null,
            view.whatIf ? drawWhatIf(view.whatIf) : null,
            drawEnd(view)),
          drawNotes(view),
          drawWays(view),
        ];
      },
      drawn(view) {
        if (view.step !== drawnStep) {
          if (drawnStep !== null && ui.root.getBoundingClientRect().top < 0) ui.root.scrollIntoView({ block: "start" });
          drawnStep = view.step;
        }
        if (ui.busy || !waiting.size) return;
        const [[control, value]] = waiting;
        waiting.delete(control);
        ask(control, value);
      },
      destroy() {
        stopClock(false);
        ui.root.removeEventListener("keydown", onKey);
        document.removeEventListener("keydown", onPageKey);
        chart.destroy();
      },
    };
  },
});
