// The list of tasks. Titles are only ever set as text.
import { api } from "./api.js";

const list = document.getElementById("list");
const count = document.getElementById("count");
const title = document.getElementById("new-title");
let tasks = [];

/// Asks for the tasks anew and shows them.
export async function refreshTasks() {
  tasks = await api.tasks();
  list.replaceChildren(...tasks.map(row));
  const open = tasks.filter((task) => !task.completed).length;
  count.textContent = tasks.length ? `${open} open, ${tasks.length - open} done` : "Nothing to do yet.";
}

/// Lets people add, complete and delete; `attempt` carries out what may fail.
export function startTasks(attempt) {
  document.getElementById("add-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const wanted = title.value;
    title.value = "";
    attempt(async () => {
      try {
        await api.addTask(wanted);
      } catch (error) {
        title.value ||= wanted;
        throw error;
      }
      await refreshTasks();
    });
  });
  list.addEventListener("change", (event) => {
    const id = idOf(event.target);
    const completed = event.target.checked;
    attempt(() => changeRow(id, "input", () => api.changeTask(id, { completed })));
  });
  list.addEventListener("click", (event) => {
    if (event.target.tagName !== "BUTTON") return;
    const id = idOf(event.target);
    attempt(() => changeRow(id, "button", () => api.deleteTask(id)));
  });
}

// Changes one task and puts the focus back: to the same row, or where that is gone to the one in its place.
async function changeRow(id, control, change) {
  const index = tasks.findIndex((task) => task.id === id);
  try {
    await change();
  } finally {
    await refreshTasks();
    const row = list.children[Math.min(index, list.children.length - 1)];
    (row?.querySelector(control) ?? title).focus();
  }
}

function row(task) {
  const item = document.createElement("li");
  item.dataset.id = task.id;
  const box = document.createElement("input");
  box.type = "checkbox";
  box.id = `task-${task.id}`;
  box.checked = task.completed;
  const label = document.createElement("label");
  label.htmlFor = box.id;
  label.textContent = task.title;
  label.classList.toggle("done", task.completed);
  const number = document.createElement("span");
  number.className = "number";
  number.textContent = `#${task.id}`;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Delete";
  button.setAttribute("aria-label", `Delete ${task.title}`);
  item.append(box, label, number, button);
  return item;
}

function idOf(element) {
  return Number(element.closest("li").dataset.id);
}
