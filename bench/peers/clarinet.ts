// clarinet only reports events: values are built here the short way.
import clarinetLibrary from "clarinet";
import type { StreamPeer } from "./peer.ts";

type Container = unknown[] | Record<string, unknown>;

function builtFrom(pieces: readonly string[]): unknown {
  let root: unknown;
  let current: Container | undefined;
  let key = "";
  const outer: (Container | undefined)[] = [];
  const outerKeys: string[] = [];

  const put = (value: unknown): void => {
    if (current === undefined) root = value;
    else if (Array.isArray(current)) current.push(value);
    else current[key] = value;
  };
  const open = (container: Container): void => {
    put(container);
    outer.push(current);
    outerKeys.push(key);
    current = container;
  };
  const close = (): void => {
    current = outer.pop();
    key = outerKeys.pop() ?? "";
  };

  const parser = clarinetLibrary.parser();
  parser.onvalue = put;
  parser.onopenobject = (first) => {
    open({});
    if (first !== undefined) key = first;
  };
  parser.onkey = (next) => {
    key = next;
  };
  parser.oncloseobject = close;
  parser.onopenarray = () => open([]);
  parser.onclosearray = close;
  parser.onerror = (error) => {
    throw error;
  };
  for (const piece of pieces) parser.write(piece);
  parser.close();
  return root;
}

export const clarinet: StreamPeer = { name: "clarinet", takes: "text", parse: builtFrom };
