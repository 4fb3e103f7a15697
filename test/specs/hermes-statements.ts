/** Where the words of a statement stand that are not in the introduction. */
export interface Place {
  /** A JSON Pointer into the bundle, but that members of arrays go by their names. */
  readonly pointer: string;
  /** The part of the rendered reference that shows it, as the fragment of its address. */
  readonly page: string;
  /** The status whose answer has to be opened there. */
  readonly status?: string;
}

const sessions = { pointer: "/tags/Sessions/description", page: "/sessions" };
const parameter = (path: string, name: string, page: string): Place => ({
  pointer: `/paths/${path.replaceAll("/", "~1")}/get/parameters/${name}/description`,
  page,
});
const ofSession = (name: string) => parameter("/api/session", name, "/sessions/getsession");
const ofSearch = (name: string) => parameter("/api/sessions/search", name, "/sessions/searchsessions");
const answer = (status: string, component: string): Place => ({
  pointer: `/components/${component}/description`,
  page: "/sessions/getsession",
  status,
});

/**
 * Every statement of Hermes's founding document, the Conventions page: what it is about, the words in which the description
 * says it, and their place. Where the server does otherwise, the words are those that tell of the statement.
 */
export const statements: readonly (readonly [subject: string, words: string, place?: Place])[] = [
  ["the base URL is the origin", "The origin of the operator's own server"],
  ["examples of origins", "such as `https://hermes.example.com` or `http://127.0.0.1:8787`"],
  ["no version prefix", "there is no `/v1`"],
  ["versioned by the server's release", "it changes with the release of the server"],
  ["where the release is told", "which `GET /api/settings` tells in `webui_version`"],

  ["requests are JSON", "Requests are `application/json`"],
  ["what streams accept", "Send `Accept: text/event-stream`"],
  ["the cookie", "the cookie `hermes_session`, and every request carries the cookie from then on"],
  ["headers of proxies", "`Authorization`, `X-Api-Key` or a header of its own"],
  ["which are for deployments behind a proxy only", "A reverse proxy in front may ask for more"],
  ["on every request", "Send such headers on every request"],
  ["uploads are multipart", "except for the two uploads, which are `multipart/form-data`"],

  ["GET reads, POST changes", "`GET` reads and `POST` changes"],
  ["what to delete is in the body", "deleting included: what to delete is in the body"],
  ["newer methods", "PATCH, DELETE and PUT for a handful of newer endpoints"],

  ["a session is a conversation", "A session is a conversation.", sessions],
  ["most endpoints work on one", "Most of the API works on one.", sessions],
  ["session ids are opaque", "A session id is an opaque string"],
  ["where ids come from", "as `GET /api/sessions` or `POST /api/session/new` told its id", ofSession("session_id")],
  ["where ids go", "It goes into the query of a `GET` and into the body of a `POST`"],
  ["what belongs to a session", "Workspace, git, files, approvals and clarifications belong to a session"],

  ["answers are objects", "Answers are objects"],
  ["lists are named", "A list stands under a name of its own beside its metadata"],
  [
    "the list of jobs",
    "the conventions page shows it under `crons`",
    { pointer: "/paths/~1api~1crons/get/description", page: "/cron/listcrons" },
  ],
  ["snake_case", "fields in snake_case"],

  ["the error's body", '{ "error": "what went wrong" }'],
  ["detail and message", "The conventions page mentions `detail` and `message` too"],
  ["400", "a parameter or field is missing or wrong"],
  ["401", "there is no session, or the password is wrong"],
  ["401: log in", "Log in and repeat it", answer("401", "responses/Unauthorized")],
  ["403", "refused: origin or token, git switched off"],
  ["404", "no such session, resource, path or route"],
  ["409", "The conventions page names a git operation that cannot proceed"],
  ["429", "too many logins"],
  ["500", "the server failed; reads can be repeated"],
  ["500: show the message", "Show the message", answer("500", "responses/ServerFailed")],
  ["anything but 2xx is a failure", "Anything but 2xx is a failure"],
  ["the field to show", "What went wrong. Show it", answer("404", "schemas/ErrorBody/properties/error")],

  ["the session list is whole", "The session list has no pages: it answers all sessions"],
  ["messageLimit", "The conventions page's name for `msg_limit`", ofSession("messageLimit")],
  ["messageBefore", "The conventions page's name for `msg_before`", ofSession("messageBefore")],
  [
    "includeMessages",
    "What the conventions page has for leaving out the messages, as false",
    ofSession("includeMessages"),
  ],
  ["a search's query", "The conventions page's name for `q`", ofSearch("query")],
  ["a search's content flag", "Whether to search the messages as well as the titles", ofSearch("content")],
  ["a search's depth", "How many messages of each session to search", ofSearch("depth")],
  ["files as bytes", "Files stream as raw bytes from `/api/file/raw` and `/api/media`"],
  ["files as JSON", "`/api/file` answers text as JSON"],

  ["times", 'The conventions page says ISO 8601 strings in UTC "unless noted"'],
  ["booleans", "Booleans are `true` and `false`"],
  ["ids of messages", "a message's id, where it has one, is an integer"],
  ["ids of sessions, projects and jobs", "Ids of projects and jobs are strings too"],

  ["reads can be repeated", "Reads can be repeated"],
  ["changes cannot", "a second `POST /api/session/new` makes a second session"],
  ["look before trying again", "After a timeout look at the state before trying again"],

  ["what is live is a stream", "Live turns, approvals and clarifications are server-sent events"],
  ["streams are long-lived", "They stay open for long, so short timeouts must not apply to them"],
];
