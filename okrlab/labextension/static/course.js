// What the server knows about the course.

export class Course {
  constructor(services, coreutils, manager) {
    this.connection = services.ServerConnection;
    this.settings = manager.serverSettings;
    this.join = coreutils.URLExt.join;
  }

  /** Return {name, code} of the shipped notebook that a path stands for, or null. */
  async shipped(path) {
    try {
      return await this.ask(`cells?path=${encodeURIComponent(path)}`);
    } catch {
      return null; // not of the course, or a server without it: then it is an ordinary notebook
    }
  }

  /** Return the lessons; asked once. */
  lessons() {
    this.asked ??= this.ask('').then(answer => answer.lessons);
    this.asked.catch(() => (this.asked = undefined));
    return this.asked;
  }

  /** Put the shipped notebook back; returns the name of the learner's earlier copy, or null. */
  async afresh(path) {
    const init = { method: 'POST', body: JSON.stringify({ path }) };
    return (await this.ask('afresh', init)).earlier;
  }

  async ask(what, init = {}) {
    const url = this.join(this.settings.baseUrl, 'okrlab/course') + (what && `/${what}`);
    const response = await this.connection.makeRequest(url, init, this.settings);
    if (!response.ok) throw new this.connection.ResponseError(response);
    return response.json();
  }
}
