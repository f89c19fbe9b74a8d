// Starts the page: signed in, the tasks and the chat; else the form that begins.
import { api, Problem } from "./api.js";
import { clearChat, startChat } from "./chat.js";
import { session } from "./session.js";
import { refreshTasks, startTasks } from "./tasks.js";

const element = (id) => document.getElementById(id);

let last = Promise.resolve();

/// Carries out what may fail, one after the other, in the order it was asked for.
function attempt(work) {
  last = last.then(() => carryOut(work));
}

// A failure is shown, and an unknown token leads back to the form.
async function carryOut(work) {
  try {
    await work();
    element("problem").textContent = "";
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.status === 401) signOut();
    element("problem").textContent = error.message;
  }
}

function show() {
  const user = session.user;
  element("sign-in").hidden = user !== null;
  for (const id of ["who", "tasks", "chat"]) element(id).hidden = user === null;
  element("name").textContent = user?.name ?? "";
  element(user ? "new-title" : "sign-in-name").focus();
}

function signOut() {
  session.end();
  clearChat();
  element("list").replaceChildren();
  show();
}

element("sign-out").addEventListener("click", () => attempt(signOut));
element("sign-in-form").addEventListener("submit", (event) => {
  event.preventDefault();
  attempt(async () => {
    session.begin(await api.createUser(element("sign-in-name").value));
    element("sign-in-name").value = "";
    show();
    await refreshTasks();
  });
});
startTasks(attempt);
startChat(attempt);
show();
if (session.user) attempt(refreshTasks);
