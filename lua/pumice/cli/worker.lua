--- `pumice worker`: a process that `pumice run`, or an engine that owns a
--- cluster, talks to in frames (see pumice.engine.worker).
return {
  summary = "do the tasks of a run (started by pumice run)",
  run = function() return require("pumice.engine.worker").main() end,
}
