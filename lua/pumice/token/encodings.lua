--- The encodings of tiktoken: which rank file, which pattern, which special
--- tokens. The digests are those that OpenAI's own source pins.
---
--- Source: tiktoken, tiktoken_ext/openai_public.py.
local M = {}

local R50K = "306cd27f03c1a714eca7108e03d66b7dc042abe8c258b44c199a7ed9838dd930"
local P50K = "94b5ca7dff4d00767bc256fdd1b27e5b17361d7b8a5f968547f9f23eb70d2069"

M.by_name = {
  gpt2 = { digest = R50K, pattern = "r50k", special = { ["<|endoftext|>"] = 50256 } },
  r50k_base = { digest = R50K, pattern = "r50k", special = { ["<|endoftext|>"] = 50256 } },
  p50k_base = { digest = P50K, pattern = "r50k", special = { ["<|endoftext|>"] = 50256 } },
  p50k_edit = {
    digest = P50K, pattern = "r50k",
    special = {
      ["<|endoftext|>"] = 50256, ["<|fim_prefix|>"] = 50281, ["<|fim_middle|>"] = 50282,
      ["<|fim_suffix|>"] = 50283,
    },
  },
  cl100k_base = {
    digest = "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7",
    pattern = "cl100k",
    special = {
      ["<|endoftext|>"] = 100257, ["<|fim_prefix|>"] = 100258, ["<|fim_middle|>"] = 100259,
      ["<|fim_suffix|>"] = 100260, ["<|endofprompt|>"] = 100276,
    },
  },
  o200k_base = {
    digest = "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d",
    pattern = "o200k",
    special = { ["<|endoftext|>"] = 199999, ["<|endofprompt|>"] = 200018 },
  },
}

--- The plainest encoding of each rank file.
M.by_digest = {}
for _, name in ipairs { "r50k_base", "p50k_base", "cl100k_base", "o200k_base" } do
  M.by_digest[M.by_name[name].digest] = M.by_name[name]
end

return M
