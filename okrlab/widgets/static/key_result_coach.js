// A text field that is read while somebody types. The text lives in `text` here; Python's reading of
// it is shown only when it is the reading of exactly that text: each edit has a number (`seq`), and
// an answer to an older one is passed over.
const okrlabCoach = (() => {
  const { h, button, actions, disclosure, role, roleMark, ROLES, plural } = okl;

  const SEND_AFTER = 40; // ms after a key
  const REST_AFTER = 700; // ms: now it is saved, and a screen reader hears what changed
  const AROUND_AFTER = 300;
  const MISSING = {
    evidence: "No evidence yet", baseline: "No baseline yet", target: "No target yet", deadline: "No deadline yet",
  };
  const AMBITIONS = [["", "Not said"], ["committed", "Committed: we promise it"], ["stretch", "Stretch: hard, but within reach"], ["moonshot", "Moonshot: 70 % of it would be great"]];
  const PAY = [["", "Not said"], ["yes", "Yes"], ["no", "No"]];

  const setup = (ui) => {
    const uid = ui.id;
    let text = ui.view.text ?? "";
    let revision = ui.view.revision ?? 0;
    let seq = 0; // of the last edit sent
    let edited = null; // its ack
    let sendTimer = null;
    let restTimer = null;
    let shown = ui.view.reading; // the last reading of what stands in the field
    let rewrites = ui.view.rewrites || {};
    let heard = ui.view.heard; // what a screen reader was told last
    let tried = null; // the finding whose wording is compared
    let lit = null; // the reason or finding whose words are lit up
    let open = { around: false, versions: false, asks: null };
    const around = new Map(); // field -> { value, ack, timer }
    let selectBlank = false;
    let area = null;

    // -- typing ------------------------------------------------------------------------------------

    const send = () => {
      clearTimeout(sendTimer);
      sendTimer = null;
      seq += 1;
      edited = ui.send("edit", { text, client: uid, seq });
    };
    const dirty = () => sendTimer !== null || (edited !== null && !ui.settled(edited));

    const rest = () => {
      clearTimeout(restTimer);
      restTimer = null;
      if (sendTimer !== null) send();
      ui.send("rest");
    };

    const typed = (value) => {
      text = value;
      tried = null;
      clearTimeout(sendTimer);
      clearTimeout(restTimer);
      sendTimer = setTimeout(send, SEND_AFTER);
      restTimer = setTimeout(() => { rest(); hear(); }, REST_AFTER);
      ui.redraw();
    };

    // Nothing is said at each key: only once typing rests, and only what is new.
    const hear = () => {
      if (dirty()) { restTimer = setTimeout(hear, REST_AFTER); return; }
      const now = ui.view.heard;
      if (now && now !== heard && !ui.view.empty) ui.announce(ui.view.reading.kind ? `Reads as ${now}.` : now);
      heard = now;
    };

    const act = (type, data = {}) => {
      clearTimeout(sendTimer);
      sendTimer = null;
      clearTimeout(restTimer);
      edited = ui.send(type, { ...data, text });
    };

    const settle = (view) => {
      if (view.revision !== revision) {
        revision = view.revision;
        if (sendTimer === null) { text = view.text; heard = view.heard; }
        else send();
      } else if (!dirty() && view.text !== text && view.client !== uid && !view.error) {
        text = view.text; // typed in another view of the same coach
      }
      if (!dirty() && (view.client !== uid || view.seq === seq || seq === 0) && view.text === text) {
        shown = view.reading;
        rewrites = view.rewrites;
        if (tried !== null && !rewrites[tried]) tried = null;
      }
    };

    // -- the fields around the text ----------------------------------------------------------------

    const aroundValue = (view, name) => around.get(name)?.value ?? view.around[name] ?? "";
    const sendAround = (name) => {
      const entry = around.get(name);
      if (!entry || entry.ack) return;
      clearTimeout(entry.timer);
      entry.ack = ui.send("context", { field: name, value: entry.value });
    };
    const typeAround = (name, value, now) => {
      clearTimeout(around.get(name)?.timer);
      const entry = { value, ack: null, timer: null };
      around.set(name, entry);
      if (now) sendAround(name);
      else entry.timer = setTimeout(() => { sendAround(name); ui.send("rest"); }, AROUND_AFTER);
      ui.redraw();
    };
    const forgetAround = () => {
      for (const [name, entry] of around) if (entry.ack && ui.settled(entry.ack)) around.delete(name);
    };

    const field = (view, name, label, help, make) => {
      const id = `${uid}-${name}`;
      return h("div", { key: name, class: `okl-kc-field okl-kc-field-${name}` },
        h("label", { for: id, class: "okl-kc-label" }, label),
        help ? h("p", { id: `${id}-help`, class: "okl-small okl-muted" }, help) : null,
        make({
          id, class: "okl-field", value: aroundValue(view, name), focusKey: id, autocomplete: "off",
          "aria-describedby": help ? `${id}-help` : null,
          onblur: () => sendAround(name),
        }));
    };

    const options = (pairs) => pairs.map(([value, label]) => h("option", { key: `o${value}`, value }, label));

    const aroundFields = (view) => {
      const said = Object.values(view.around).filter(Boolean).length;
      return disclosure({
        key: "around", label: said ? `Objective, cycle, ambition, pay, past values (${said} said)` : "Say more: objective, cycle, ambition, pay, past values", open: open.around, focusKey: "around",
        ontoggle: () => { open.around = !open.around; ui.redraw(); },
      },
      h("p", { class: "okl-small okl-muted" }, "All of this may stay empty. What you say here lets the coach ask less and see more."),
      h("div", { class: "okl-kc-fields" },
        field(view, "objective", "Objective", "What this result is to prove.", (props) =>
          h("input", { ...props, type: "text", maxlength: view.limits.objective, oninput: (e) => typeAround("objective", e.currentTarget.value, false) })),
        field(view, "cycle_end", "The cycle ends on", null, (props) =>
          h("input", { ...props, type: "date", onchange: (e) => typeAround("cycle_end", e.currentTarget.value, true) })),
        field(view, "ambition", "Ambition", null, (props) =>
          h("select", { ...props, onchange: (e) => typeAround("ambition", e.currentTarget.value, true) }, options(AMBITIONS))),
        field(view, "pay", "Does somebody's pay depend on it?", null, (props) =>
          h("select", { ...props, onchange: (e) => typeAround("pay", e.currentTarget.value, true) }, options(PAY))),
        field(view, "history", "Past values of the measure", "Oldest first. Paste a column from your spreadsheet, or type numbers with spaces between them.", (props) =>
          h("textarea", { ...props, rows: 2, maxlength: view.limits.history, oninput: (e) => typeAround("history", e.currentTarget.value, false) })),
        view.history ? h("p", { key: "note", class: "okl-small okl-kc-field-history" }, view.history) : null));
    };

    // -- the words, marked up ----------------------------------------------------------------------

    const light = (key) => ({
      onmouseenter: () => { lit = key; ui.redraw(); },
      onmouseleave: () => { if (lit === key) { lit = null; ui.redraw(); } },
      onfocusin: () => { lit = key; ui.redraw(); },
      onfocusout: () => { if (lit === key) { lit = null; ui.redraw(); } },
    });

    const piece = (segment, key) => lit && segment.marks.includes(lit)
      ? h("mark", { key, class: "okl-kc-lit" }, segment.text)
      : h("span", { key }, segment.text);

    const echo = (view) => {
      if (view.empty || !shown.kind) return null;
      const groups = [];
      for (const segment of shown.segments) {
        const last = groups[groups.length - 1];
        if (last && last.part === segment.part) last.segments.push(segment);
        else groups.push({ part: segment.part, segments: [segment] });
      }
      return h("div", { key: "echo", class: "okl-kc-echo-box" },
        h("p", { class: "okl-kc-label", id: `${uid}-echo` }, "The parts of your sentence"),
        h("div", { class: "okl-kc-echo", role: "group", "aria-labelledby": `${uid}-echo` },
          groups.map((group, g) => {
            const words = group.segments.map((segment, i) => piece(segment, `s${i}`));
            if (!group.part) return h("span", { key: `g${g}`, class: "okl-kc-plain" }, words);
            return h("span", { key: `g${g}`, class: `okl-kc-part okl-kc-${group.part}` },
              h("span", { class: "okl-kc-words" }, words),
              h("span", { class: "okl-hidden" }, " ("),
              h("span", { class: "okl-kc-tag" }, group.part),
              h("span", { class: "okl-hidden" }, ") "));
          }),
          shown.missing.map((name) => h("span", { key: `m-${name}`, class: "okl-kc-part okl-kc-missing" },
            h("span", { class: "okl-kc-words", "aria-hidden": "true" }, "…"),
            h("span", { class: "okl-kc-tag" }, MISSING[name])))));
    };

    // -- the kind and its reasons ------------------------------------------------------------------

    const reasonItem = (cue) => {
      const sentence = [cue.sentence, cue.towards ? ` (speaks for: ${ROLES[cue.towards].toLowerCase()})` : null];
      if (!cue.words) return h("li", { key: cue.key, class: "okl-kc-reason" }, h("span", { class: "okl-kc-nowhere" }, sentence));
      return h("li", { key: cue.key, class: "okl-kc-reason" },
        h("button", {
          type: "button", class: `okl-kc-pointer${lit === cue.key ? " okl-kc-on" : ""}`, focusKey: `cue-${cue.key}`, ...light(cue.key),
        }, h("span", { class: "okl-kc-quote" }, `“${cue.words}”`), " ", h("span", null, sentence)));
    };

    const kind = (view) => {
      if (view.empty) return null;
      if (!shown.kind) {
        return h("div", { key: "kind", class: "okl-kc-kind" },
          h("p", { class: "okl-kc-verdict" }, "No verdict"), h("p", null, shown.question));
      }
      return h("section", { key: "kind", class: `okl-kc-kind okl-role-${shown.kind}`, "aria-label": "What it reads as" },
        h("p", { class: "okl-kc-verdict" }, roleMark(shown.kind), h("span", { class: "okl-muted okl-kc-reads" }, "Reads as"), h("span", null, ROLES[shown.kind])),
        h("p", { class: "okl-small okl-muted" }, `${shown.sure}: ${shown.odds} such readings are right.`,
          shown.other ? [" It could also be: ", role(shown.other), "."] : null),
        shown.question ? h("p", { class: "okl-kc-question" }, h("b", null, "What would settle it: "), shown.question) : null,
        shown.cues.length ? [
          h("p", { class: "okl-kc-label" }, "Why"),
          h("ul", { class: "okl-plain okl-kc-reasons" }, shown.cues.map(reasonItem)),
        ] : null,
        shown.question ? null : h("p", { class: "okl-small okl-kc-change" }, h("b", null, "What would change it: "), shown.change));
    };

    // -- advice ------------------------------------------------------------------------------------

    const runs = (list, tag, word) => list.map(([words, changed], i) => changed && words.trim()
      ? h(tag, { key: `r${i}` }, h("span", { class: "okl-hidden" }, ` (${word}: `), words, h("span", { class: "okl-hidden" }, ") "))
      : h("span", { key: `r${i}` }, words));

    const comparison = (finding) => {
      const found = rewrites[finding.id];
      const blank = found.after.some(([words]) => words.includes("…"));
      return h("div", { key: "compare", class: "okl-kc-compare" },
        h("div", { class: "okl-kc-sides" },
          h("div", { class: "okl-kc-side" }, h("p", { class: "okl-kc-label" }, "Before"), h("p", { class: "okl-kc-wording" }, runs(found.before, "del", "goes"))),
          h("div", { class: "okl-kc-side okl-kc-after" }, h("p", { class: "okl-kc-label" }, "After"), h("p", { class: "okl-kc-wording" }, runs(found.after, "ins", "new")))),
        h("p", { class: "okl-small okl-muted" },
          found.lines > 1
            ? "These are two statements. The first comes into the field; the other one waits in your versions."
            : blank ? "Fill in where “…” stands. Your old wording stays in your versions." : "Your old wording stays in your versions."),
        h("div", { class: "okl-kc-choose" },
          button({
            label: "Use this wording", focusKey: `use-${finding.id}`,
            onclick: () => { tried = null; selectBlank = true; act("use", { finding: finding.id }); ui.focus("text"); },
          }),
          button({ label: "Keep mine", kind: "quiet", focusKey: `leave-${finding.id}`, onclick: () => { tried = null; ui.focus(`try-${finding.id}`); ui.redraw(); } })));
    };

    const advice = (finding) => {
      const trying = tried === finding.id && rewrites[finding.id];
      return h("li", { key: finding.id, class: `okl-kc-finding okl-kc-${finding.severity}`, ...(finding.spot ? light(finding.key) : {}) },
        h("div", { class: "okl-kc-said" },
          h("span", { class: "okl-kc-severity" }, h("span", { "aria-hidden": "true" }, finding.sign), " ", finding.word),
          h("p", null, finding.advice)),
        finding.rewrite && rewrites[finding.id] && !trying
          ? button({ label: "Try this wording", kind: "quiet", focusKey: `try-${finding.id}`, "aria-label": `Try this wording: ${finding.advice}`, onclick: () => { tried = finding.id; ui.focus(`use-${finding.id}`); ui.redraw(); } })
          : null,
        trying ? comparison(finding) : null);
    };

    const findings = (view) => {
      if (view.empty || !shown.kind) return null;
      const asks = shown.findings.filter((f) => f.severity === "info");
      const first = shown.findings.filter((f) => f.severity !== "info");
      const isOpen = open.asks ?? !first.length;
      return h("section", { key: "advice", class: "okl-kc-advice", "aria-label": "Advice" },
        h("p", { class: "okl-kc-heading" }, "Advice"),
        first.length ? h("ul", { class: "okl-plain" }, first.map(advice)) : h("p", { class: "okl-kc-none" }, h("span", { class: "okl-right", "aria-hidden": "true" }, "✓ "), "Nothing to mend in this wording."),
        asks.length ? disclosure({
          key: "asks", label: `○ Ask: ${plural(asks.length, "question")} for you and your team`, open: isOpen, focusKey: "asks",
          ontoggle: () => { open.asks = !isOpen; ui.redraw(); },
        }, h("ul", { class: "okl-plain" }, asks.map(advice))) : null);
    };

    // -- versions ----------------------------------------------------------------------------------

    const when = (iso) => {
      const at = new Date(iso);
      return Number.isNaN(at.getTime()) ? "" : at.toLocaleString("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
    };

    const versions = (view) => view.versions.length
      ? disclosure({
        key: "versions", label: `Your versions (${view.versions.length})`, open: open.versions, focusKey: "versions",
        ontoggle: () => { open.versions = !open.versions; ui.redraw(); },
      }, h("ol", { class: "okl-plain okl-kc-versions" }, view.versions.map((version) =>
        h("li", { key: `v${version.id}`, class: "okl-kc-version" },
          h("div", { class: "okl-kc-version-words" },
            h("p", null, version.text),
            h("p", { class: "okl-small okl-muted" }, `${when(version.at)} · ${version.why}`)),
          version.here
            ? h("span", { class: "okl-chip" }, "In the field")
            : button({ label: "Bring back", focusKey: `back-${version.id}`, "aria-label": `Bring back: ${version.text}`, onclick: () => { act("restore", { version: version.id }); ui.focus("text"); } })))))
      : null;

    // -- all of it ---------------------------------------------------------------------------------

    const examples = (view) => !text.trim()
      ? h("div", { key: "examples", class: "okl-empty okl-kc-empty" },
        h("p", null, "Write a goal as one sentence, or try one of these:"),
        h("div", { class: "okl-kc-examples" }, view.examples.map((words, i) =>
          button({ key: `e${i}`, label: words, focusKey: `example-${i}`, onclick: () => { edited = ui.send("example", { number: i }); ui.focus("text"); } }))))
      : null;

    const onKey = (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); event.stopPropagation(); act("keep"); }
    };
    const onHide = () => { if (document.visibilityState === "hidden" && restTimer !== null) rest(); };
    document.addEventListener("visibilitychange", onHide);

    return {
      render(view) {
        settle(view);
        forgetAround();
        const now = { ...view, empty: !text.trim() };
        const id = `${uid}-text`;
        return [
          h("div", { key: "top" },
            h("label", { for: id, class: "okl-title" }, "Your key result"),
            h("p", { id: `${id}-help`, class: "okl-small okl-muted" }, "The coach reads along while you write. Nothing leaves this computer.")),
          h("textarea", {
            key: "text", id, class: "okl-field okl-kc-text", rows: 3, value: text, focusKey: "text", "data-focus-home": "", spellcheck: "true", dir: "auto",
            "aria-describedby": `${id}-help`,
            oninput: (event) => typed(event.currentTarget.value),
            onblur: () => { if (restTimer !== null) { rest(); restTimer = setTimeout(hear, REST_AFTER); } },
            onkeydown: onKey,
            init: (el) => { area = el; },
          }),
          view.cut ? h("p", { key: "cut", class: "okl-small" }, "This is long for one statement. The coach reads the first 5,000 characters.") : null,
          examples(now),
          echo(now),
          kind(now),
          findings(now),
          aroundFields(view),
          versions(view),
          h("div", { key: "actions" }, actions(
            button({ label: "Start a new one", focusKey: "clear", disabled: now.empty, onclick: () => { act("clear"); ui.focus("text"); } }),
            button({
              label: view.kept && view.text === text && !now.empty ? "✓ Kept" : "Keep this wording", kind: "primary", focusKey: "keep", disabled: now.empty,
              onclick: () => act("keep"),
            }))),
        ];
      },
      drawn() {
        if (!selectBlank || dirty() || !area) return;
        selectBlank = false;
        const at = area.value.indexOf("…");
        if (at >= 0 && document.activeElement === area) area.setSelectionRange(at, at + 1);
      },
      destroy() {
        document.removeEventListener("visibilitychange", onHide);
        if (restTimer !== null) rest();
        clearTimeout(sendTimer);
        clearTimeout(restTimer);
        for (const name of around.keys()) sendAround(name);
      },
    };
  };

  return okl.widget({ name: "key-result-coach", setup });
})();

export default okrlabCoach;
