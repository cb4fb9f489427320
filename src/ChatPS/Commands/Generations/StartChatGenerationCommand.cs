using System.Management.Automation;
using ChatPS.Client.Faults;
using ChatPS.Client.Generations;
using ChatPS.Completion;
using ChatPS.Conversion;
using ChatPS.Parameters;

namespace ChatPS.Commands;

/// <summary>Hands in tasks that take minutes: pictures of Midjourney, songs, films.</summary>
[Cmdlet(VerbsLifecycle.Start, "ChatGeneration", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(ChatGeneration), typeof(ChatJob))]
public sealed class StartChatGenerationCommand : GenerationCmdlet
{
    private ItemText _itemText = ItemText.By(null);
    private ParameterDescription? _itemPicture;

    /// <summary>The family of services.</summary>
    [Parameter(Mandatory = true, HelpMessage = "The family of services, such as Midjourney, Suno or Kling.")]
    [Asks]
    [ArgumentCompleter(typeof(GenerationServiceCompleter))]
    [ValidateNotNullOrEmpty]
    public string Service { get; set; } = "";

    /// <summary>What to do; the usual action of the family if not given.</summary>
    [Parameter(HelpMessage = "What to do; the usual action of the family if not given.")]
    [Asks]
    [ArgumentCompleter(typeof(GenerationStartCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Action { get; set; }

    /// <summary>What to make, several each by itself; with piped items, what stands before each of them.</summary>
    [Parameter(Position = 0, HelpMessage = "What to make, several each by itself; with piped items, what stands before each of them.")]
    [Asks]
    [ValidateNotNullOrEmpty]
    public string[]? Prompt { get; set; }

    /// <summary>Prompts, files of text, objects of which <see cref="Property"/> is the prompt, or pictures for actions that begin with one.</summary>
    [Parameter(ValueFromPipeline = true, HelpMessage = "Prompts, files of text, objects of which Property is the prompt, or pictures for actions that begin with one.")]
    [Runs]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object? InputObject { get; set; }

    /// <summary>What of each item is the prompt: the name of a property, or a script block.</summary>
    [Parameter(HelpMessage = "The property that is the prompt, or a script block.")]
    [Runs]
    [ArgumentCompleter(typeof(PropertyCompleter))]
    [ValidateNotNullOrEmpty]
    public object? Property { get; set; }

    /// <summary>The model, where the family has several.</summary>
    [Parameter(HelpMessage = "The model, where the family has several.")]
    [Asks]
    [ArgumentCompleter(typeof(ModelCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Model { get; set; }

    /// <summary>The form in which the service speaks, where there are several; by its address if not given.</summary>
    [Parameter(HelpMessage = "The form in which the service speaks, where there are several; by its address if not given.")]
    [Asks]
    [ArgumentCompleter(typeof(GenerationFormCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Form { get; set; }

    /// <inheritdoc />
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _itemText = Require(() => ItemText.By(Property));
        ActionDescription? action = DescribedActions().FirstOrDefault();
        _itemPicture = action?.Item is { } name ? action.Parameters.First(parameter => parameter.Name == name) : null;
    }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (IsBound(nameof(InputObject)) || MyInvocation.ExpectingInput)
        {
            Start(InputObject, isPiped: true);
            return;
        }

        foreach (string? prompt in Prompt ?? new string?[] { null })
        {
            Start(prompt, isPiped: false);
        }
    }

    private protected override IEnumerable<ActionDescription> DescribedActions()
    {
        ActionDescription[] known = [.. GenerationCatalog.ActionsOf(Service).Where(action => !action.IsFollowUp)];
        return known.Where(action => Action is null ? action == known[0] : action.Name.Equals(Action, StringComparison.OrdinalIgnoreCase));
    }

    private void Start(object? item, bool isPiped)
    {
        int index = NextIndex();
        Attempt(item, () => Submit(Connected(), ToRequest(item, isPiped, index), item), index);
    }

    private GenerationRequest ToRequest(object? item, bool isPiped, int index)
    {
        object? chosen = isPiped ? _itemText.Choose(item) : item;
        if (isPiped && _itemPicture is null)
        {
            RequireText(chosen);
        }

        Dictionary<string, object?> own = Own.ToDictionary(given => given.Key, given => given.Value, StringComparer.OrdinalIgnoreCase);
        string? prompt = !isPiped ? item as string : _itemPicture is null ? Whole(_itemText.Whole(chosen)) : Prompt is null ? null : string.Join("\n", Prompt);
        if (isPiped && _itemPicture is not null)
        {
            own[_itemPicture.Name] = GenerationParameters.Convert(this, _itemPicture, chosen);
        }

        return new GenerationRequest { Service = Service, Action = Action, Form = Form, Model = Model, Prompt = prompt, Parameters = own, Input = item, Index = index };
    }

    private void RequireText(object? value)
    {
        if (!GenerationPictures.IsOne(this, value) || DescribedActions().FirstOrDefault() is not { } action)
        {
            return;
        }

        string[] others = [.. GenerationCatalog.ActionsOf(Service).Where(other => other is { IsFollowUp: false, Item: not null }).Select(other => other.Name)];
        string? beside = action.Parameters.FirstOrDefault(parameter => parameter.Type is ParameterType.Picture or ParameterType.Pictures)?.Name;
        string[] ways =
        [
            .. others.Length > 0 ? [$"choose an -Action that begins with one: {string.Join(", ", others)}"] : Array.Empty<string>(),
            .. beside is not null ? [$"give it to -{beside} beside a prompt"] : Array.Empty<string>(),
        ];
        throw Failures.Invalid(
            $"The item is no text, and the action {action.Name} of {Service} begins with a prompt.", ways.Length == 0 ? "Pipe in texts." : $"Pipe in texts. A picture: {string.Join(", or ", ways)}.");
    }

    private string Whole(string text) => Prompt is { } before ? $"{string.Join("\n", before)}\n\n{text}" : text;
}
