// The slim bar above a lesson: where you are, where you can go, and what is happening.
import { ContentsList } from './contents.js';
import { button, h } from './dom.js';

const RUN_SHEET = 'notebooks/coach/00_run_sheet.ipynb';
const WIDE = 960; // below this many pixels the seldom-used buttons fold into “More”

export class LessonBar {
  constructor(page) {
    this.page = page;
    this.state = 'ready';
    this.place = page.title;
    this.folded = true;
    this.build();
    const { Widget } = page.shell.modules.widgets;
    this.widget = new Widget({ node: this.node });
    new ResizeObserver(() => this.fit()).observe(this.row);
    new ResizeObserver(() => this.fit()).observe(this.status);
    new ResizeObserver(([entry]) => this.resize(entry.contentRect.width)).observe(this.node);
    this.refresh();
    void this.load();
  }

  build() {
    const { page } = this;
    this.previous = button('Previous', 'previous', () => this.step(-1));
    this.next = button('Next', 'next', () => this.step(1));
    this.back = button('Back to the lesson', 'previous', () => page.shell.visit(this.home(), page));
    this.present = button('Present', 'present', () => page.present());
    this.present.title = 'Opens this page for the room, in large type and without code';
    this.present.hidden = page.kind !== 'coach' || page.shipped.name === RUN_SHEET;
    this.contents = new ContentsList(page);
    this.where = h('span', { class: 'okrlab-where', role: 'status' }, page.title);
    this.code = button('Show the code', 'code', () => page.showCode(!page.codeShown));
    this.restart = button('Start this lesson afresh', 'afresh', () => page.afresh());
    this.theme = button('Dark theme', 'theme', () => this.switchTheme());
    this.extras = h('div', { class: 'okrlab-extras' }, this.code, this.restart, this.theme);
    this.more = button('More', 'more', () => this.fold(!this.folded));
    this.row = h(
      'div',
      { class: 'okrlab-row', role: 'group', 'aria-label': 'Course' },
      h(
        'div',
        { class: 'okrlab-ways' },
        this.previous,
        this.back,
        this.contents.button,
        this.next,
        this.present,
        this.more,
      ),
      this.where,
      this.extras,
    );
    this.status = h('div', { class: 'okrlab-status', role: 'status' });
    this.node = h('div', { class: 'okrlab-bar', 'data-lm-suppress-shortcuts': 'true' });
    this.node.append(this.row, this.status);
  }

  /** Learn which lessons there are. */
  async load() {
    try {
      this.lessons = await this.page.shell.course.lessons();
    } catch {
      this.lessons = [];
    }
    this.contents.fill(this.lessons);
    this.refresh();
  }

  /** Make labels and states agree with the page. */
  refresh() {
    const { page, lessons = [] } = this;
    const at = lessons.findIndex(({ path }) => path === page.shipped.name);
    const aside = at < 0;
    this.previous.hidden = aside;
    this.next.hidden = aside;
    this.back.hidden = !aside;
    disable(this.previous, at <= 0);
    disable(this.next, at < 0 || at >= lessons.length - 1);
    this.previous.title = lessons[at - 1]?.title ?? '';
    this.next.title = lessons[at + 1]?.title ?? '';
    const number = lessons[at]?.number;
    this.place = number ? `Lesson ${number} · ${page.title}` : page.title;
    if (this.state !== 'working') this.where.textContent = this.place;
    if (page.kind !== 'lesson') this.restart.textContent = 'Start this page afresh';
    if (page.kind === 'reviews') this.back.textContent = 'The course';
    if (page.kind === 'coach') this.back.textContent = this.home() === RUN_SHEET ? 'Run sheet' : 'The course';
    this.code.textContent = page.codeShown ? 'Hide the code' : 'Show the code';
    this.code.setAttribute('aria-pressed', String(page.codeShown));
    const { themes } = page.shell;
    this.theme.hidden = !themes;
    if (themes?.theme) this.theme.textContent = themes.isLight(themes.theme) ? 'Dark theme' : 'Light theme';
  }

  /** The path of the lesson that an exercise belongs to. */
  home() {
    const { name } = this.page.shipped;
    if (this.page.kind === 'coach' && name !== RUN_SHEET) return RUN_SHEET;
    const own = this.lessons?.find(({ number }) => number === this.page.lesson);
    return (own ?? this.lessons?.[0])?.path ?? '';
  }

  step(by) {
    const at = this.lessons.findIndex(({ path }) => path === this.page.shipped.name);
    const to = this.lessons[at + by];
    if (to) void this.page.shell.visit(to.path, this.page);
  }

  /**
   * Say what is happening.
   *
   * @param state 'working', 'ready', 'note' or 'trouble'.
   * @param text one or two sentences; nothing when all is well.
   * @param action a label and what it does.
   */
  say(state, text = '', action = null) {
    this.state = state;
    this.node.dataset.state = state;
    const works = state === 'working';
    this.where.textContent = works ? text : this.place;
    this.status.replaceChildren(
      ...(text && !works ? [h('span', {}, text)] : []),
      ...(action ? [button(action[0], 'act', action[1])] : []),
      ...(state === 'note' ? [button('Close', 'close', () => this.say('ready'))] : []),
    );
  }

  switchTheme() {
    const { themes } = this.page.shell;
    const dark = themes.isLight(themes.theme);
    void themes.setTheme(dark ? themes.preferredDarkTheme : themes.preferredLightTheme);
  }

  resize(width) {
    this.node.classList.toggle('okrlab-narrow', width < WIDE);
    this.fit();
  }

  fold(folded) {
    this.folded = folded;
    this.node.classList.toggle('okrlab-unfolded', !folded);
    this.more.setAttribute('aria-expanded', String(!folded));
    this.fit();
  }

  /** Lab lays its window out from each part's smallest height, so that must follow the content. */
  fit() {
    const height = `${this.row.offsetHeight + this.status.offsetHeight}px`;
    if (this.node.style.minHeight === height) return;
    this.node.style.minHeight = height;
    this.page.panel.contentHeader.fit();
  }
}

/** Keep a disabled button reachable by keyboard, so that focus isn't lost at the ends. */
function disable(node, disabled) {
  node.setAttribute('aria-disabled', String(disabled));
}
