// The conversation: what was said and answered since the page was opened.
import { api } from "./api.js";
import { refreshTasks } from "./tasks.js";

const MOST_LINES = 200;
const conversation = document.getElementById("conversation");
const message = document.getElementById("message");

export function startChat(attempt) {
  document.getElementById("chat-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const said = message.value;
    message.value = "";
    show("You", said);
    attempt(async () => {
      try {
        const answer = await api.say(said);
        show("Todo", answer.reply);
        if (answer.note) show("Note", answer.note, "note");
      } catch (error) {
        message.value ||= said;
        throw error;
      }
      await refreshTasks();
    });
  });
}

export function clearChat() {
  conversation.replaceChildren();
}

function show(speaker, text, kind = "") {
  const line = document.createElement("p");
  line.className = kind;
  const name = document.createElement("strong");
  name.textContent = `${speaker}: `;
  line.append(name, text);
  conversation.append(line);
  while (conversation.children.length > MOST_LINES) conversation.firstChild.remove();
  conversation.scrollTop = conversation.scrollHeight;
}
