using System.Collections;
using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Faults;
using ChatPS.Client.Runs;
using ChatPS.Client.Speech;
using ChatPS.Completion;
using ChatPS.Conversion;
using ChatPS.Parameters;
using ChatPS.Pipeline;
using ChatPS.Scheduling;

namespace ChatPS.Commands;

/// <summary>Writes down what is said in files of sound.</summary>
[Cmdlet(VerbsData.ConvertFrom, "ChatSpeech", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(ChatTranscript), typeof(ChatTranscriptUpdate), typeof(ChatJob))]
public sealed class ConvertFromChatSpeechCommand : BudgetCmdlet
{
    private const int MostFileSizeMB = 1024 * 1024;

    private TranscriptRequest _template = new();
    private TranscriptService? _transcripts;
    private RunPlan _plan = RunPlan.None;

    /// <summary>Files of sound: paths, files, spoken texts, or bytes.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = "Files of sound: paths, files of Get-ChildItem, spoken texts, or bytes.")]
    [Runs]
    [Alias("InputObject", "FullName")]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object?[]? Path { get; set; }

    /// <summary>The model that listens.</summary>
    [Parameter(HelpMessage = "The model that listens.")]
    [Asks]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string? Model { get; set; }

    /// <summary>The languages that are spoken, by their codes.</summary>
    [Parameter(HelpMessage = "The languages that are spoken, by their codes, such as de.")]
    [Asks]
    [ValidateNotNullOrEmpty]
    public string[] Language { get; set; } = [];

    /// <summary>Words that are likely to be said, such as names.</summary>
    [Parameter(HelpMessage = "Words that are likely to be said, such as names.")]
    [Asks]
    [ValidateNotNullOrEmpty]
    public string[] Keyword { get; set; } = [];

    /// <summary>A text that shows how to write, or what went before.</summary>
    [Parameter(HelpMessage = "A text that shows how to write, or what went before.")]
    [Asks]
    public string? Prompt { get; set; }

    /// <summary>The format of the answer.</summary>
    [Parameter(HelpMessage = "The format: json, text, verbose_json, diarized_json, srt or vtt.")]
    [Asks]
    [Alias("Format")]
    [ArgumentCompleter(typeof(TranscriptFormatCompleter))]
    [ValidateNotNullOrEmpty]
    public string? ResponseFormat { get; set; }

    /// <summary>0 (focused) to 1 (random).</summary>
    [Parameter(HelpMessage = "0 (focused) to 1 (random).")]
    [Asks]
    public double Temperature { get; set; }

    /// <summary>What gets times: words, segments, or both.</summary>
    [Parameter(HelpMessage = "What gets times: word, segment, or both.")]
    [Asks]
    [ArgumentCompleter(typeof(TimestampGranularityCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] TimestampGranularity { get; set; } = [];

    /// <summary>What to tell besides.</summary>
    [Parameter(HelpMessage = "What to tell besides: logprobs.")]
    [Asks]
    [ValidateNotNullOrEmpty]
    public string[] Include { get; set; } = [];

    /// <summary>How the service cuts the sound.</summary>
    [Parameter(HelpMessage = "How the service cuts the sound: auto, or a hashtable.")]
    [Asks]
    [ValidateNotNullOrEmpty]
    public object? ChunkingStrategy { get; set; }

    /// <summary>Names of speakers, each with a short recording of the voice.</summary>
    [Parameter(HelpMessage = "Names of speakers, each with a short recording: @{ Ann = 'ann.wav' }.")]
    [Asks(InPromptFile = false)]
    public IDictionary? KnownSpeaker { get; set; }

    /// <summary>Writes down in English, whatever is spoken.</summary>
    [Parameter(HelpMessage = "Writes down in English, whatever is spoken.")]
    [Asks]
    public SwitchParameter Translate { get; set; }

    /// <summary>Emits the text piece by piece as it arrives.</summary>
    [Parameter(HelpMessage = "Emits the text piece by piece as it arrives.")]
    [Runs]
    public SwitchParameter Stream { get; set; }

    /// <summary>Sends longer files in parts of so many minutes.</summary>
    [Parameter(HelpMessage = "Sends longer files in parts of so many minutes.")]
    [Asks]
    public double SplitMinute { get; set; }

    /// <summary>The largest file that the service takes, in megabytes.</summary>
    [Parameter(HelpMessage = "The largest file that the service takes, in megabytes.")]
    [Runs]
    public int MaxFileSizeMB { get; set; } = TranscriptRequest.UsualLargestFileMB;

    /// <inheritdoc />
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Require(Begin);
    }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        // Bytes that were given as one come as many.
        object?[] items = Path is { Length: > 0 } bytes && Array.TrueForAll(bytes, item => Bare.Of(item) is byte) ? [Array.ConvertAll(bytes, item => (byte)Bare.Of(item)!)] : Path ?? [null];
        foreach (object? item in items)
        {
            IReadOnlyList<Func<SoundFile>> sounds = [];
            Attempt(item, () => sounds = SoundSource.Find(this, item));
            foreach (Func<SoundFile> open in sounds)
            {
                int index = NextIndex();
                Attempt(item, () => Take(item, open(), index), index);
            }
        }
    }

    // Subtitles go to the screen, and to a file behind >, as they are.
    internal override object Shape(object output) => output is not ChatTranscript transcript ? output
        : transcript.Format is "srt" or "vtt" or "text" ? AnswerView.Mark(transcript, AnswerView.Text)
        : IsOnlyItem ? AnswerView.Mark(transcript, AnswerView.Single)
        : output;

    private void Begin()
    {
        if (MaxFileSizeMB is < 1 or > MostFileSizeMB)
        {
            throw Failures.Invalid($"-MaxFileSizeMB is {MaxFileSizeMB}; it must lie between 1 and {MostFileSizeMB}.", "Give -MaxFileSizeMB a value in that range, or leave it out for 25.");
        }

        _template = new TranscriptRequest
        {
            Model = Model,
            IsTranslation = Translate,
            Languages = Language,
            Keywords = Keyword,
            Prompt = Prompt,
            Format = ResponseFormat?.ToLowerInvariant(),
            Temperature = Given(nameof(Temperature), Temperature),
            Granularities = TimestampGranularity,
            Include = Include,
            ChunkingStrategy = Bare.Of(ChunkingStrategy) is IDictionary rules ? PlainObject.FromDictionary(rules, "-ChunkingStrategy") : ChunkingStrategy is null ? null : PlainObject.Text(ChunkingStrategy),
            KnownSpeakers = KnownSpeaker is null ? [] : SoundSource.Speakers(this, KnownSpeaker),
            IsStream = Stream,
            SplitMinutes = Given(nameof(SplitMinute), SplitMinute),
            LargestFile = MaxFileSizeMB * 1024L * 1024,
        }.Complete();
        Budget? budget = OpenBudget();
        _plan = new RunPlan { Budget = budget, Checkpoint = IsWhatIf ? null : OpenCheckpoint(RunParameters.From(this, Model), budget) };
    }

    private void Take(object? item, SoundFile sound, int index)
    {
        TranscriptRequest request = _template with { Sound = sound, Input = item, Index = index };
        ServiceConnection service = Connected();
        TranscriptService transcripts = _transcripts ??= new TranscriptService(service, ThrottleLimit);
        if (!ShouldSpend(sound.ToString(), $"{(Translate ? "Translate" : "Transcribe")}, by connection '{service.Settings.Name}'", transcripts.Estimate(request, Settings)))
        {
            return;
        }

        if (Stream)
        {
            Run(item, (output, token) => StreamAsync(transcripts, request, output, token));
        }
        else
        {
            Run(item, async (output, token) => await transcripts.TranscribeAsync(request, Call(output), _plan, token));
        }
    }

    private async Task<object?> StreamAsync(TranscriptService transcripts, TranscriptRequest request, ItemOutput output, CancellationToken cancellationToken)
    {
        await foreach (ChatTranscriptUpdate update in transcripts.StreamAsync(request, Call(output), _plan, cancellationToken))
        {
            await output.EmitAsync(update, cancellationToken);
        }

        return null;
    }
}
