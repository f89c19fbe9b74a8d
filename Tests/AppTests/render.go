// Renders a Helm chart as `helm template` does, with the same template engine and the same function library.
//
//	render -release todo -namespace todo [-values FILE]… CHART
//
// It differs from Helm in two ways: a value that is not defined is an error, and the values' schema is not looked at.
// It knows what this project's chart uses of Helm: no dependencies, no hooks, no .Files.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"sort"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig"
	"github.com/ghodss/yaml"
)

// The order in which Helm installs; other kinds follow by name.
var installOrder = []string{
	"Namespace", "PodDisruptionBudget", "Secret", "ConfigMap", "Service", "Deployment", "Ingress",
}

type object struct{ kind, name, source, text string }

func main() {
	var valueFiles []string
	release := flag.String("release", "todo", "the release's name")
	namespace := flag.String("namespace", "default", "the release's namespace")
	flag.Func("values", "a file of values, - for standard input; repeatable", func(name string) error {
		valueFiles = append(valueFiles, name)
		return nil
	})
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "render: name one chart")
		os.Exit(2)
	}
	objects, err := render(flag.Arg(0), *release, *namespace, valueFiles)
	if err != nil {
		fmt.Fprintln(os.Stderr, "Error:", err)
		os.Exit(1)
	}
	for _, object := range objects {
		fmt.Printf("---\n# Source: %s\n%s\n", object.source, object.text)
	}
}

func render(chart, release, namespace string, valueFiles []string) ([]object, error) {
	metadata, err := readYAML(filepath.Join(chart, "Chart.yaml"))
	if err != nil {
		return nil, err
	}
	values, err := readYAML(filepath.Join(chart, "values.yaml"))
	if err != nil {
		return nil, err
	}
	for _, file := range valueFiles {
		more, err := readYAML(file)
		if err != nil {
			return nil, err
		}
		merge(values, more)
	}
	root, names, err := parse(chart, metadata["name"].(string))
	if err != nil {
		return nil, err
	}
	fields := map[string]interface{}{}
	for key, value := range metadata { // .Chart.AppVersion is appVersion in the file
		fields[strings.ToUpper(key[:1])+key[1:]] = value
	}
	var objects []object
	for _, name := range names {
		scope := map[string]interface{}{
			"Values": values,
			"Chart":  fields,
			"Release": map[string]interface{}{
				"Name": release, "Namespace": namespace, "Service": "Helm", "IsInstall": true, "IsUpgrade": false, "Revision": 1,
			},
			"Template":     map[string]interface{}{"Name": name, "BasePath": path.Dir(name)},
			"Capabilities": map[string]interface{}{"KubeVersion": map[string]interface{}{"Version": "v1.32.0"}},
		}
		var text strings.Builder
		if err := root.ExecuteTemplate(&text, name, scope); err != nil {
			return nil, err
		}
		if strings.HasSuffix(name, ".txt") {
			continue // notes are rendered, and not part of the manifests
		}
		found, err := split(name, text.String())
		if err != nil {
			return nil, err
		}
		objects = append(objects, found...)
	}
	sort.SliceStable(objects, func(a, b int) bool { return rank(objects[a]) < rank(objects[b]) })
	return objects, nil
}

// Parses the chart's templates; the names are those to execute, in order.
func parse(chart, name string) (*template.Template, []string, error) {
	root := template.New("chart").Option("missingkey=error")
	root.Funcs(functions(root))
	files, err := filepath.Glob(filepath.Join(chart, "templates", "*"))
	if err != nil {
		return nil, nil, err
	}
	var names []string
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, nil, err
		}
		templateName := path.Join(name, "templates", filepath.Base(file))
		if _, err := root.New(templateName).Parse(string(text)); err != nil {
			return nil, nil, err
		}
		if !strings.HasPrefix(filepath.Base(file), "_") {
			names = append(names, templateName)
		}
	}
	return root, names, nil
}

// Sprig's functions, without those that Helm takes away, and those that Helm adds.
func functions(root *template.Template) template.FuncMap {
	all := sprig.TxtFuncMap()
	delete(all, "env")
	delete(all, "expandenv")
	all["include"] = func(name string, scope interface{}) (string, error) {
		var text strings.Builder
		err := root.ExecuteTemplate(&text, name, scope)
		return text.String(), err
	}
	all["tpl"] = func(source string, scope interface{}) (string, error) {
		parsed, err := template.Must(root.Clone()).New("tpl").Parse(source)
		if err != nil {
			return "", err
		}
		var text strings.Builder
		err = parsed.Execute(&text, scope)
		return text.String(), err
	}
	all["toYaml"] = func(value interface{}) string {
		text, _ := yaml.Marshal(value)
		return strings.TrimSuffix(string(text), "\n")
	}
	all["required"] = func(message string, value interface{}) (interface{}, error) {
		if value == nil || value == "" {
			return nil, errors.New(message)
		}
		return value, nil
	}
	all["fail"] = func(message string) (string, error) { return "", errors.New(message) }
	all["lookup"] = func(string, string, string, string) map[string]interface{} { return map[string]interface{}{} }
	return all
}

// Splits one rendered file into its objects and checks that each is one.
func split(source, text string) ([]object, error) {
	var objects []object
	for _, part := range strings.Split("\n"+text, "\n---") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		var fields struct {
			Kind     string
			Metadata struct{ Name string }
		}
		if err := yaml.Unmarshal([]byte(part), &fields); err != nil {
			return nil, fmt.Errorf("%s: %w", source, err)
		}
		if fields.Kind == "" || fields.Metadata.Name == "" {
			return nil, fmt.Errorf("%s: an object without kind or name", source)
		}
		objects = append(objects, object{fields.Kind, fields.Metadata.Name, source, part})
	}
	return objects, nil
}

func rank(object object) string {
	for index, kind := range installOrder {
		if kind == object.kind {
			return fmt.Sprintf("%02d %s", index, object.name)
		}
	}
	return "99 " + object.kind + " " + object.name
}

// Puts the newer values over the older ones, map by map.
func merge(older, newer map[string]interface{}) {
	for key, value := range newer {
		below, isMap := value.(map[string]interface{})
		if old, wasMap := older[key].(map[string]interface{}); isMap && wasMap {
			merge(old, below)
		} else {
			older[key] = value
		}
	}
}

func readYAML(name string) (map[string]interface{}, error) {
	if name == "-" {
		name = "/dev/stdin"
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	fields := map[string]interface{}{}
	if err := yaml.Unmarshal(text, &fields); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return fields, nil
}
