using System.Collections;
using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Runs;
using ChatPS.Client.Speech;
using ChatPS.Client.Usage;
using ChatPS.Completion;
using ChatPS.Conversion;
using ChatPS.Parameters;
using ChatPS.Pipeline;

namespace ChatPS.Commands;

/// <summary>Speaks texts.</summary>
[Cmdlet(VerbsData.ConvertTo, "ChatSpeech", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(ChatSpeech), typeof(ChatJob))]
public sealed class ConvertToChatSpeechCommand : BudgetCmdlet
{
    private ItemText _itemText = ItemText.By(null);
    private SpokenText _template = new();
    private SpeechTarget? _target;
    private RunPlan _plan = RunPlan.None;
    private object? _only;
    private bool _hasOnly;

    /// <summary>Texts, files of text, or objects of which <see cref="Property"/> is spoken.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = "Texts, files of text, or objects of which Property is spoken.")]
    [Runs]
    [Alias("Text")]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object?[]? InputObject { get; set; }

    /// <summary>What of each item is spoken: the name of a property, or a script block.</summary>
    [Parameter(HelpMessage = "The property that is spoken, or a script block.")]
    [Runs]
    [ArgumentCompleter(typeof(PropertyCompleter))]
    [ValidateNotNullOrEmpty]
    public object? Property { get; set; }

    /// <summary>The file that the sound is saved to; its extension says the format.</summary>
    [Parameter(HelpMessage = "The file that the sound is saved to; its extension says the format.")]
    [Runs]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The folder that gets a file for each text.</summary>
    [Parameter(HelpMessage = "The folder that gets a file for each text.")]
    [Runs]
    [ValidateNotNullOrEmpty]
    public string? OutDirectory { get; set; }

    /// <summary>Replaces the file; in a folder, begins at 0001 again and replaces what is there.</summary>
    [Parameter(HelpMessage = "Replaces the file; in a folder, begins at 0001 again and replaces what is there.")]
    [Runs]
    public SwitchParameter Force { get; set; }

    /// <summary>The model that speaks.</summary>
    [Parameter(HelpMessage = "The model that speaks.")]
    [Asks]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string? Model { get; set; }

    /// <summary>The voice: its name at the service, or the id of one of your own.</summary>
    [Parameter(HelpMessage = "The voice: its name at the service, or @{ id = 'voice_…' }.")]
    [Asks]
    [ArgumentCompleter(typeof(VoiceCompleter))]
    [ValidateNotNullOrEmpty]
    public object Voice { get; set; } = "alloy";

    /// <summary>How to speak, in words.</summary>
    [Parameter(HelpMessage = "How to speak, in words.")]
    [Asks]
    [Alias("Instructions")]
    public string? Instruction { get; set; }

    /// <summary>The format of the sound.</summary>
    [Parameter(HelpMessage = "The format: mp3, opus, aac, flac, wav or pcm.")]
    [Asks]
    [Alias("Format")]
    [ArgumentCompleter(typeof(SpeechFormatCompleter))]
    [ValidateNotNullOrEmpty]
    public string? ResponseFormat { get; set; }

    /// <summary>How fast to speak, 0.25 to 4.</summary>
    [Parameter(HelpMessage = "How fast to speak, 0.25 to 4.")]
    [Asks]
    public double Speed { get; set; }

    /// <summary>How the sound travels: as it is, or in events.</summary>
    [Parameter(HelpMessage = "How the sound travels: audio as it is, or sse in events, which tell the tokens.")]
    [Asks]
    [ArgumentCompleter(typeof(SpeechStreamFormatCompleter))]
    [ValidateNotNullOrEmpty]
    public string? StreamFormat { get; set; }

    /// <summary>The most characters that the service takes in a request.</summary>
    [Parameter(HelpMessage = "The most characters that the service takes in a request.")]
    [Runs]
    public int MaxCharacter { get; set; } = SpokenText.UsualMostCharacters;

    /// <inheritdoc />
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Require(Begin);
    }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        foreach (object? item in InputObject ?? [null])
        {
            int index = NextIndex();
            if (Path is null)
            {
                Attempt(item, () => Take(item, index), index);
                continue;
            }

            // One file is for one text: whether there is another is known at the end only, and nothing is to be paid before.
            Require(() => index == 0 ? index : throw Failures.Invalid("-Path is one file, but there is more than one text. Nothing was asked.", "Name a folder with -OutDirectory, which gets a file for each text."));
            _only = item;
            _hasOnly = true;
        }
    }

    /// <inheritdoc />
    protected override void EndProcessing()
    {
        if (_hasOnly)
        {
            Attempt(_only, () => Take(_only, 0), 0);
        }

        base.EndProcessing();
    }

    private void Begin()
    {
        _itemText = ItemText.By(Property);
        string? format = ResponseFormat?.ToLowerInvariant();
        object? voice = Bare.Of(Voice);
        _template = new SpokenText
        {
            Model = Model,
            Voice = voice is IDictionary own ? PlainObject.FromDictionary(own, "-Voice") : PlainObject.Text(voice),
            Instructions = Instruction,
            Format = format,
            Speed = Given(nameof(Speed), Speed),
            StreamFormat = StreamFormat,
            MostCharacters = MaxCharacter,
        };
        _template.ValidateParameters();
        if (Path is not null && OutDirectory is not null)
        {
            throw Failures.Invalid("-Path and -OutDirectory were given together.", "Name a file with -Path for one text, or a folder with -OutDirectory for several.");
        }

        if (CheckpointPath is not null && Path is null && OutDirectory is null)
        {
            throw Failures.Invalid("-CheckpointPath keeps where files are, but the sound goes to none.", "Name the folder for the files with -OutDirectory.");
        }

        if (Force && Path is null && OutDirectory is null)
        {
            throw Failures.Invalid("-Force was given without -Path or -OutDirectory.", "Name the file or the folder, or leave out -Force.");
        }

        _target = Path is not null ? SpeechTarget.File(GetUnresolvedProviderPathFromPSPath(Path), format, Force)
            : OutDirectory is not null ? SpeechTarget.Folder(GetUnresolvedProviderPathFromPSPath(OutDirectory), format, Force)
            : null;
        Budget? budget = OpenBudget();
        _plan = new RunPlan { Budget = budget, Checkpoint = IsWhatIf ? null : OpenCheckpoint(RunParameters.From(this, Model), budget) };
        if (_plan.Checkpoint is { StoredCount: > 0 })
        {
            // Its files have been paid for: not even -Force puts others in their place.
            _target?.KeepFolder();
        }
    }

    private void Take(object? item, int index)
    {
        string text = _itemText.Read(item);
        SpokenText spoken = _template with { Text = text, Input = item, Index = index };
        ServiceConnection service = Connected();
        SpeechService speech = new(service);
        UnitEstimate estimate = speech.Estimate(_target is null ? spoken : _target.Prepare(spoken), Settings);
        if (ShouldSpend(service.ModelFor(Model), $"Speak, by connection '{service.Settings.Name}'", estimate))
        {
            Func<CallSettings, CancellationToken, Task<ChatSpeech>> speak = speech.Prepare(spoken, _target, Settings, _plan);
            Run(item, async (output, token) => await speak(Call(output), token));
        }
    }
}
