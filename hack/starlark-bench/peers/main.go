// Runs Starlark with go.starlark.net as the benchmark does with every peer:
//
//	go-peer FILE            runs a file
//	go-peer --parse FILE    stops after compiling it
//	go-peer --packages DIR  runs every p*.star of DIR; defs.star, which they load, once
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"sort"

	"go.starlark.net/resolve"
	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"
)

func main() {
	resolve.AllowRecursion = true
	resolve.AllowGlobalReassign = true
	resolve.AllowNestedDef = true
	resolve.AllowLambda = true
	resolve.AllowFloat = true
	if err := run(os.Args[1:]); err != nil {
		if failure, ok := err.(*starlark.EvalError); ok {
			fmt.Fprintln(os.Stderr, failure.Backtrace())
		} else {
			fmt.Fprintln(os.Stderr, err)
		}
		os.Exit(1)
	}
}

var names = starlark.StringDict{
	"struct": starlark.NewBuiltin("struct", starlarkstruct.Make),
	"target": starlark.NewBuiltin("target", target),
}

// target returns its keyword arguments as a dict.
func target(_ *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	if len(args) > 0 {
		return nil, fmt.Errorf("target: takes keyword arguments only")
	}
	result := starlark.NewDict(len(kwargs))
	for _, pair := range kwargs {
		if err := result.SetKey(pair[0], pair[1]); err != nil {
			return nil, err
		}
	}
	return result, nil
}

func run(arguments []string) error {
	switch {
	case len(arguments) == 2 && arguments[0] == "--parse":
		_, _, err := starlark.SourceProgram(arguments[1], nil, names.Has)
		return err
	case len(arguments) == 2 && arguments[0] == "--packages":
		return runPackages(arguments[1])
	case len(arguments) == 1:
		_, err := starlark.ExecFile(thread(nil), arguments[0], nil, names)
		return err
	}
	return fmt.Errorf("usage: go-peer [--parse] FILE | --packages DIR")
}

func thread(load func(*starlark.Thread, string) (starlark.StringDict, error)) *starlark.Thread {
	return &starlark.Thread{
		Print: func(_ *starlark.Thread, text string) { fmt.Println(text) },
		Load:  load,
	}
}

func runPackages(directory string) error {
	files, err := filepath.Glob(filepath.Join(directory, "p*.star"))
	if err != nil {
		return err
	}
	sort.Strings(files)
	loaded := map[string]starlark.StringDict{}
	load := func(_ *starlark.Thread, module string) (starlark.StringDict, error) {
		if globals, ok := loaded[module]; ok {
			return globals, nil
		}
		globals, err := starlark.ExecFile(thread(nil), filepath.Join(directory, module), nil, names)
		loaded[module] = globals
		return globals, err
	}
	targets, arguments := 0, 0
	for _, file := range files {
		globals, err := starlark.ExecFile(thread(load), file, nil, names)
		if err != nil {
			return err
		}
		list, ok := globals["targets"].(*starlark.List)
		if !ok {
			return fmt.Errorf("%s: no list of targets", file)
		}
		for i := 0; i < list.Len(); i++ {
			targets++
			arguments += list.Index(i).(*starlark.Dict).Len()
		}
	}
	fmt.Println(len(files), targets, arguments)
	return nil
}
