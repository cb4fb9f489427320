namespace ChatPS.Tests;

/// <summary>All that must work, in the order of its descriptions.</summary>
internal static class CoverageRows
{
    private const string First = "The first note: legacy text completion, and the moderation of the ChatGPT web page";
    private const string Second = "The second note: OpenAI's API itself";
    private const string Third = "The third note: a reseller with an envelope of its own";
    private const string Fourth = "The fourth note: a gateway with every family behind one key";
    private const string Fifth = "The fifth note: the chat of a second gateway";

    public static IReadOnlyList<CoverageRow> All { get; } =
    [
        new(First, "Legacy text completion", "Invoke-ChatTextCompletion 'Tell me a joke.'", "Invoke-ChatTextCompletion: goes to the legacy endpoint with nothing that was not asked for", "Invoke-ChatTextCompletion: -<Parameter> becomes <Member>: <Json>"),
        new(First, "Moderation as the web page answers it", "Test-ChatModeration 'hello' -Connection Web", "Test-ChatModeration: reads the answer of the ChatGPT web form"),
        new(First, "Moderation as the public API answers it", "'Good morning', 'I will kill you' | Test-ChatModeration", "Test-ChatModeration: tells what is harmful, and why"),
        new(First, "Secrets that are shown nowhere", "$key = 'sk-test-gateway'", "SecretsEverywhere: by an error that quotes them all: <What>", "SecretsEverywhere: by an answer that quotes them all, whole or in pieces"),

        new(Second, "Chat, with what its answer tells", "Invoke-ChatCompletion 'Hello' -Connection Gateway -Temperature 0.7", "Invoke-ChatCompletion: carries text, usage, times, ids and the JSON as it came"),
        new(Second, "Why an answer ended", "(Invoke-ChatCompletion 'Count to a hundred.'", "Invoke-ChatCompletion: says that it was cut"),
        new(Second, "Several choices", "(Invoke-ChatCompletion 'who are u?' -N 3", "Invoke-ChatCompletion: has every choice with -N"),
        new(Second, "List of models", "Get-ChatModel -Connection Gateway", "Get-ChatModel: lists all models"),
        new(Second, "One model", "Get-ChatModel sandbox-mini -Connection Gateway", "Get-ChatModel: fetches one model by its exact id"),
        new(Second, "Text completion, with every field", "Invoke-ChatTextCompletion 'Once upon a time' -Connection Gateway -Model sandbox-instruct -MaxTokens 16", "Invoke-ChatTextCompletion: has a parameter for every field of the official description", "Invoke-ChatTextCompletion: has n choices for each prompt", "Invoke-ChatTextCompletion: has the probability of each token as objects"),
        new(Second, "Text completion, streamed", "Invoke-ChatTextCompletion 'Once upon a time' -Connection Gateway -Model sandbox-instruct -Stream", "Invoke-ChatTextCompletion: emits updates and the whole last with -Stream"),

        new(Third, "Chat with the key in the body and the options under params", "Invoke-ChatCompletion 'Hello' -N 1", "Dialect.Envelope: gets the key in the body and the options under params"),
        new(Third, "An error where the code is not 200", "Connect-ChatService \"$($reseller.BaseUri.GetLeftPart('Authority'))/api/light", "Dialect.Envelope: fails where its code is not 200, although HTTP says so: <Code>"),
        new(Third, "The quota of the day", "Get-ChatQuota", "Get-ChatQuota: tells the day of a reseller from its last answer, and sends nothing"),
        new(Third, "The key that is echoed, shown nowhere", "$reseller = Start-ChatSandbox Reseller", "Dialect.Envelope: echoes the key, which is shown nowhere"),

        new(Fourth, "OpenAI: list of models", "Get-ChatModel", "Get-ChatModel: lists all models"),
        new(Fourth, "OpenAI: chat", "Invoke-ChatCompletion 'Hello' -Connection Gateway", "Invoke-ChatCompletion: takes the prompt at position 0"),
        new(Fourth, "OpenAI: function calling", "Invoke-ChatCompletion 'Please call Get-Culture and say", "Tools: runs real cmdlets over several rounds"),
        new(Fourth, "OpenAI: n", "(Invoke-ChatCompletion 'who are u?' -N 3", "Invoke-ChatCompletion: has every choice with -N"),
        new(Fourth, "OpenAI: response_format", "(Invoke-ChatCompletion 'Two cities as JSON.'", "Invoke-ChatCompletion: is valid JSON where a schema asks for it"),
        new(Fourth, "OpenAI: image input", "Invoke-ChatCompletion 'What is on this picture?' -Image $picture", "Invoke-ChatCompletion.Media: takes an image as <What>"),
        new(Fourth, "Claude: function calling", "Invoke-ChatCompletion 'Please call Get-Culture.' -Tool Get-Culture -AllowTool Get-Culture -Connection Claude", "Dialect.Anthropic: shows the thoughts, and gives them back signed while tools run<How>"),
        new(Fourth, "Claude: chat in OpenAI's form", "Invoke-ChatCompletion 'Hello' -Model your-model", "Invoke-ChatCompletion: takes the prompt at position 0"),
        new(Fourth, "Claude: chat in its own form", "Connect-ChatService -Provider Custom -BaseUri $gateway -ApiKey $key -Dialect Anthropic", "Dialect.Anthropic: answers a prompt"),
        new(Fourth, "Claude: image input", "Invoke-ChatCompletion 'What is on this picture?' -Image $picture -Connection Claude", "Dialect.Anthropic: sees images"),
        new(Fourth, "Gemini: chat", "Connect-ChatService -Provider Custom -BaseUri $root -ApiKey $key -Dialect Gemini", "Dialect.Gemini: asks and gets an answer"),
        new(Fourth, "Gemini: image input", "Invoke-ChatCompletion 'What is on this picture?' -Image $picture -Connection Gemini", "Dialect.Gemini: sends images"),
        new(Fourth, "Midjourney: imagine", "$grid = Start-ChatGeneration", "Gateway: imagines"),
        new(Fourth, "Midjourney: action", "$grid | Invoke-ChatGenerationAction -Action Upscale1", "Gateway: acts on a finished task", "Kill.Generations: while buttons are pressed: each is pressed once"),
        new(Fourth, "Midjourney: blend", ", ($one, $two) | Start-ChatGeneration -Service Midjourney -Action Blend", "Gateway: blends", "Start-ChatGeneration: takes lists of pictures for a blend, each a task"),
        new(Fourth, "Midjourney: describe", "($one | Start-ChatGeneration -Service Midjourney -Action Describe", "Gateway: describes"),
        new(Fourth, "Midjourney: modal", "$zoom | Invoke-ChatGenerationAction -Action Modal", "Gateway: gives what a task waits for"),
        new(Fourth, "Midjourney: swap face", "$two | Start-ChatGeneration -Service Midjourney -Action SwapFace", "Gateway: swaps faces"),
        new(Fourth, "Midjourney: fetch one task", "Get-ChatGeneration $grid.Id -Service Midjourney", "Gateway: tells of one task"),
        new(Fourth, "Midjourney: list tasks by ids", "$grid, $zoom | Get-ChatGeneration", "Gateway: tells of many tasks in one request"),
        new(Fourth, "Midjourney: image seed", "($grid | Invoke-ChatGenerationAction -Action Seed", "Gateway: tells the seed of a picture"),
        new(Fourth, "Midjourney: upload to Discord", ", ($one, $two) | Start-ChatGeneration -Service Midjourney -Action Upload", "Gateway: uploads to Discord"),
        new(Fourth, "GPTs: chat with one", "Invoke-ChatCompletion 'Hello' -Model gpt-4-gizmo-g-2fkFE8rbu", "Find-ChatGpt: draws, with progress in its text and the picture once in Media: <Model><How>"),
        new(Fourth, "GPTs: search", "Find-ChatGpt weather", "Find-ChatGpt: gives what the store finds, in its order, and how to ask it"),
        new(Fourth, "GPTs: details of one", "Get-ChatGpt g-sandbox01", "Get-ChatGpt: tells what the store knows of one"),
        new(Fourth, "GPTs: details of many", "'g-sandbox01', 'g-sandbox02' | Get-ChatGpt", "Get-ChatGpt: takes ids, web addresses and names of models, many, in order"),
        new(Fourth, "gpt-4-all: reads pictures", "Invoke-ChatCompletion 'What is on this picture?' -Image $picture -Model gpt-4-all", "Find-ChatGpt: reads a picture that another drew"),
        new(Fourth, "gpt-4-all: draws pictures", "$drawn = Invoke-ChatCompletion 'Draw a fox.'", "Find-ChatGpt: draws, with progress in its text and the picture once in Media: <Model><How>"),
        new(Fourth, "Suno: song", "$song = Start-ChatGeneration", "Gateway: makes a song"),
        new(Fourth, "Suno: lyrics", "(Start-ChatGeneration 'A quiet server room' -Service Suno -Action Lyrics", "Gateway: writes words"),
        new(Fourth, "Suno: query a task", "Get-ChatGeneration $song.Id -Service Suno", "Gateway: tells of a task"),
        new(Fourth, "Suno: music through chat", "(Invoke-ChatCompletion 'A song about bars.' -Model suno-v3)", "Find-ChatGpt: sings, where the model is a singer"),
        new(Fourth, "Video from text: Zhipu", "Start-ChatGeneration 'A fox runs through snow' -Service Zhipu", "Gateway: is made by <Service>"),
        new(Fourth, "Video from text: Luma", "Start-ChatGeneration 'A fox runs through snow' -Service Luma", "Gateway: is made by <Service>"),
        new(Fourth, "Video from text: Runway", "Start-ChatGeneration 'A fox runs through snow' -Service Runway", "Gateway: is made by <Service>"),
        new(Fourth, "Rerank", "'The invoice is late.', 'We refund the price.'", "Invoke-ChatRerank: gives the best first, each with its item"),
        new(Fourth, "Completions", "Invoke-ChatTextCompletion 'Once upon a time'", "Invoke-ChatTextCompletion: carries text, usage and ids"),
        new(Fourth, "Embeddings", "'The disk is full.', 'A volume has no space left.'", "Get-ChatEmbedding: gives a vector for each text, in order, in one request"),
        new(Fourth, "Moderations", "'Good morning', 'I will kill you' | Test-ChatModeration", "Test-ChatModeration: tells what is harmful, and why"),
        new(Fourth, "Images: DALL·E 3", "New-ChatImage 'A lighthouse at dusk' -Model dall-e-3", "New-ChatImage: makes a picture of a prompt", "New-ChatImage: downloads addresses as they come"),
        new(Fourth, "Images: Flux in the form of DALL·E", "New-ChatImage 'A fox in the snow' -Model flux-schnell", "New-ChatImage: makes a picture of a prompt"),
        new(Fourth, "Images: ideogram", "New-ChatImage 'A poster that says HELLO' -Form Ideogram", "New-ChatImage: speaks the form of <Form>"),
        new(Fourth, "Images: Stable Diffusion", "New-ChatImage 'A glass of water'", "New-ChatImage: speaks the form of <Form>"),
        new(Fourth, "Audio: transcription", "ConvertFrom-ChatSpeech $talk -Model gpt-transcribe", "ConvertFrom-ChatSpeech: writes down what a file says"),
        new(Fourth, "Audio: translation", "ConvertFrom-ChatSpeech $talk -Model faster-whisper-large-v3 -Translate", "ConvertFrom-ChatSpeech: translates"),
        new(Fourth, "Audio: text to speech", "ConvertTo-ChatSpeech 'Good morning. The backup ran.'", "ConvertTo-ChatSpeech: speaks a text into bytes"),

        new(Fifth, "Every field of a chat", "Invoke-ChatCompletion 'Hello' -Temperature 0.5 -TopP 0.9 -N 2", "Gateway: are all sent, and one that has no parameter under its own name"),
        new(Fifth, "Tools and tool_choice", "Invoke-ChatCompletion 'Please call Get-Culture.' -Tool Get-Culture -AllowTool Get-Culture -ToolChoice auto", "Tools: runs real cmdlets over several rounds"),
        new(Fifth, "A stream", "Invoke-ChatCompletion 'Hello' -Stream", "Gateway: stream, too"),
        new(Fifth, "A field of the vendor's own, such as seen", "Invoke-ChatCompletion 'Hello' -Temperature 0.5", "Gateway: are all sent, and one that has no parameter under its own name", "Invoke-ChatCompletion: lets -AdditionalBody win, and keeps nested values whole"),
    ];
}
