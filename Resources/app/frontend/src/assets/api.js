// Requests to the API of this page's own address.
import { session } from "./session.js";

const LIMIT_MILLISECONDS = 20_000;

/// A request that failed; the message is for people.
export class Problem extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

export const api = {
  createUser: (name) => request("POST", "users", { name }),
  tasks: () => request("GET", "tasks"),
  addTask: (title) => request("POST", "tasks", { title }),
  changeTask: (id, change) => request("PATCH", `tasks/${id}`, change),
  deleteTask: (id) => request("DELETE", `tasks/${id}`),
  say: (message) => request("POST", "chat", { message }),
};

async function request(method, path, body) {
  const headers = { "Content-Type": "application/json" };
  if (session.user) headers.Authorization = `Bearer ${session.user.token}`;
  let response, answer;
  try {
    const signal = AbortSignal.timeout(LIMIT_MILLISECONDS);
    response = await fetch(`/api/${path}`, { method, headers, signal, body: body && JSON.stringify(body) });
    answer = response.status === 204 ? null : await response.json();
  } catch (error) {
    const isAnswered = response && !(error instanceof DOMException);
    throw new Problem(isAnswered ? `The server answered with status ${response.status}.` : "The server cannot be reached.");
  }
  if (!response.ok) throw new Problem(answer?.error ?? `The server answered with status ${response.status}.`, response.status);
  return answer;
}
