# shellcheck shell=bash
# shellcheck disable=SC2034 # each script uses some of the variables
# What the scripts beside this file share. Each works on one cluster, and never on whichever is current.

context=${TODO_CONTEXT:-minikube} # the kubeconfig context, which is Minikube's profile too
namespace=${TODO_NAMESPACE:-todo}
release=todo
secret=todo-secrets
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd) # the folder with app and infra
tag=$(sed -n 's/^appVersion: //p' "$root/infra/helm/todo-app/Chart.yaml")
frontend_image=todo-frontend:$tag
backend_image=todo-backend:$tag

say() { printf '%s\n' "$*" >&2; }
fail() { say "$(basename "$0"): $*" && exit 1; }

# Prints the comment at the script's beginning when it is asked for.
help_if_asked() {
  case ${1:-} in
    -h | --help)
      sed -n '2,/^[^#]/{s/^# \{0,1\}//p;}' "$0"
      exit 0
      ;;
  esac
}

# need PROGRAM PAGE: ends with a sentence where the program is missing.
need() {
  command -v "$1" >/dev/null 2>&1 || fail "$1 is missing; install it from $2 and run this again."
}
need_docker() { need docker https://docs.docker.com/get-docker/; }
need_minikube() { need minikube https://minikube.sigs.k8s.io/docs/start/; }
need_kubectl() { need kubectl https://kubernetes.io/docs/tasks/tools/; }
need_helm() { need helm https://helm.sh/docs/intro/install/; }

cluster() { kubectl --context "$context" "$@"; }
