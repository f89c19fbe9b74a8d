// Who is signed in on this browser: kept in localStorage, or for this page alone where that is not allowed.

const KEY = "todo.session";
let current = read();

export const session = {
  get user() {
    return current;
  },
  begin(user) {
    current = user;
    write(() => localStorage.setItem(KEY, JSON.stringify(user)));
  },
  end() {
    current = null;
    write(() => localStorage.removeItem(KEY));
  },
};

function read() {
  try {
    const user = JSON.parse(localStorage.getItem(KEY));
    return typeof user?.token === "string" ? user : null;
  } catch {
    return null;
  }
}

function write(change) {
  try {
    change();
  } catch {
    // Storage is forbidden or full: the session lasts until the page is closed.
  }
}
