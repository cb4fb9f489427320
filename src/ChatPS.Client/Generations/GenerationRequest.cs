using System.Globalization;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Generations;

/// <summary>What is to be made.</summary>
public sealed record GenerationRequest
{
    /// <summary>The family.</summary>
    public required string Service { get; init; }

    /// <summary>The action; null for the first of the family.</summary>
    public string? Action { get; init; }

    /// <summary>The form; null for that of the address.</summary>
    public string? Form { get; init; }

    /// <summary>What to make, in words.</summary>
    public string? Prompt { get; init; }

    /// <summary>The model.</summary>
    public string? Model { get; init; }

    /// <summary>The address that the service calls when the task goes on.</summary>
    public string? NotifyUri { get; init; }

    /// <summary>What else there is, by the names of the parameters: texts, numbers, flags, <see cref="GenerationPicture"/>, and lists and structures of plain values.</summary>
    public IReadOnlyDictionary<string, object?> Parameters { get; init; } = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The generation that it goes on from; null for none.</summary>
    public ChatGeneration? Parent { get; init; }

    /// <summary>The pipeline item.</summary>
    public object? Input { get; init; }

    /// <summary>The place of the item in the pipeline, from 0.</summary>
    public int Index { get; init; }

    /// <summary>Whether the answer is the result itself, and nothing is left to wait for; known of prepared requests.</summary>
    public bool IsAtOnce => Description.IsAtOnce;

    /// <summary>Gets the description of the action; the service has found it.</summary>
    internal ActionDescription Description { get; init; } = new("", "");

    /// <summary>Gets the form; the service has found it.</summary>
    internal GenerationForm KnownForm { get; init; } = new("");

    /// <summary>Gets how fast the service is to work: what was asked for, or that of the task that it goes on from.</summary>
    internal string? Mode => Get<string>("Speed") ?? Parent?.Mode;

    /// <summary>Gets a parameter.</summary>
    /// <typeparam name="T">What it is.</typeparam>
    /// <param name="name">Its name.</param>
    /// <returns>The value; null where it was not given.</returns>
    internal T? Get<T>(string name)
        where T : class => Parameters.TryGetValue(name, out object? value) ? value as T : null;

    /// <summary>Gets the picture that was given to a parameter.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The picture; null where it was not given.</returns>
    internal GenerationPicture? Picture(string name) => Get<GenerationPicture>(name);

    /// <summary>Gets the pictures that were given to a parameter.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The pictures; none where it was not given.</returns>
    internal IReadOnlyList<GenerationPicture> Pictures(string name) => Parameters.TryGetValue(name, out object? value)
        ? value switch
        {
            GenerationPicture one => [one],
            IEnumerable<object?> list => [.. list.OfType<GenerationPicture>()],
            _ => [],
        }
        : [];

    /// <summary>Makes the fields of the body: prompt, model, address to call back, and all parameters that have a field.</summary>
    /// <param name="picture">Writes a picture; as an address if not given.</param>
    /// <returns>Plain values by the names on the wire.</returns>
    internal Dictionary<string, object?> Fields(Func<GenerationPicture, string>? picture = null)
    {
        picture ??= static one => one.ToAddress();
        Dictionary<string, object?> fields = new(StringComparer.Ordinal);
        Put(fields, Description.TakesModel || Description.NeedsModel ? Description.ModelField : "", Model);
        Put(fields, Description.PromptField ?? "", Prompt);
        Put(fields, KnownForm.NotifyField ?? "", NotifyUri);
        foreach (ParameterDescription parameter in Description.Parameters.Where(parameter => parameter.IsOf(KnownForm) && parameter.Field.Length > 0 && Parameters.ContainsKey(parameter.Name)))
        {
            Put(fields, parameter.Field, Parameters[parameter.Name] switch
            {
                GenerationPicture one => picture(one),
                IEnumerable<object?> list when parameter.Type == ParameterType.Pictures => list.OfType<GenerationPicture>().Select(picture).ToList<object?>(),
                { } number when parameter.IsWrittenAsText => Convert.ToString(number, CultureInfo.InvariantCulture),
                var value => value,
            });
        }

        return fields;
    }

    /// <summary>Tells the request apart from others.</summary>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="connection">The name of the connection.</param>
    /// <returns>Plain values.</returns>
    internal Dictionary<string, object?> Asked(CallSettings settings, string connection)
    {
        Dictionary<string, object?> asked = new(StringComparer.Ordinal)
        {
            ["Service"] = Service,
            ["Action"] = Action,
            ["Form"] = Form,
            ["Prompt"] = Prompt,
            ["Model"] = Model,
            ["Parent"] = Parent?.Id,
            ["Connection"] = connection,
            ["AdditionalBody"] = settings.AdditionalBody,
        };
        foreach (KeyValuePair<string, object?> given in Parameters.OrderBy(given => given.Key, StringComparer.OrdinalIgnoreCase))
        {
            asked["-" + given.Key] = given.Value switch
            {
                GenerationPicture picture => picture.Digest(),
                IEnumerable<object?> list when list.Any(item => item is GenerationPicture) => list.OfType<GenerationPicture>().Select(picture => picture.Digest()).ToList<object?>(),
                var value => value,
            };
        }

        return asked;
    }

    /// <summary>Puts a value where it belongs; a structure joins one that is there.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="field">The name, with dots between levels; empty for nowhere.</param>
    /// <param name="value">The value; null for none.</param>
    internal static void Put(Dictionary<string, object?> fields, string field, object? value)
    {
        if (field.Length == 0 || value is null)
        {
            return;
        }

        int dot = field.IndexOf('.');
        string outer = dot < 0 ? field : field.Substring(0, dot);
        if (dot < 0 && value is not IReadOnlyDictionary<string, object?>)
        {
            fields[outer] = value;
            return;
        }

        Dictionary<string, object?> below = fields.TryGetValue(outer, out object? inner) && inner is Dictionary<string, object?> there ? there : new Dictionary<string, object?>(StringComparer.Ordinal);
        fields[outer] = below;
        if (dot >= 0)
        {
            Put(below, field.Substring(dot + 1), value);
            return;
        }

        foreach (KeyValuePair<string, object?> member in (IReadOnlyDictionary<string, object?>)value)
        {
            below[member.Key] = member.Value;
        }
    }

    /// <summary>Finds what cannot be sent.</summary>
    /// <exception cref="ChatServiceException">Something cannot be; it says what.</exception>
    internal void Check()
    {
        foreach (KeyValuePair<string, object?> given in Parameters.Where(given => given.Value is not null))
        {
            ParameterDescription parameter = Description.Parameters.FirstOrDefault(parameter => parameter.Name.Equals(given.Key, StringComparison.OrdinalIgnoreCase) && parameter.IsOf(KnownForm))
                ?? throw NotTaken(given.Key);
            parameter.Check(given.Value!, Description.Name);
            if (parameter.Needs is { } other && (!Parameters.TryGetValue(other, out object? value) || value is null))
            {
                throw Failures.Invalid($"-{parameter.Name} is given without -{other}.", $"Give -{other} too, or leave -{parameter.Name} out.");
            }
        }

        if (Description.Parameters.FirstOrDefault(parameter => parameter.IsRequired && parameter.IsOf(KnownForm) && (!Parameters.TryGetValue(parameter.Name, out object? value) || value is null)) is { } missing)
        {
            throw Failures.Invalid($"-{missing.Name} is missing; {Asking} cannot do without it.", $"Give -{missing.Name}: {missing.Help}{(missing.Values.Count > 0 ? $" {(missing.IsClosed ? "One of" : "Such as")} {string.Join(", ", missing.Values)}." : "")}");
        }

        if (string.IsNullOrWhiteSpace(Prompt) && Description.NeedsPrompt)
        {
            throw Failures.Invalid($"-Prompt is missing; {Asking} cannot do without one.", Description.Item is null ? "Give -Prompt, or pipe texts in." : "Give -Prompt; what is piped in is the picture.");
        }

        if (Prompt is { Length: > 0 } && Description.PromptField is null)
        {
            throw NotTaken(nameof(Prompt));
        }

        if (Model is not null && !Description.TakesModel && !Description.NeedsModel)
        {
            throw NotTaken(nameof(Model));
        }

        if (string.IsNullOrWhiteSpace(Model) && (Description.NeedsModel || (Description.TakesModel && KnownForm.NeedsModel)))
        {
            throw Failures.Invalid($"-Model is missing; {Asking} cannot do without one, and that of the connection is for chats.", "Name the model with -Model; the service's own pages list what there is.");
        }

        if (NotifyUri is not null && KnownForm.NotifyField is null)
        {
            throw Failures.Invalid($"-NotifyUri: {Service} calls nobody back{(KnownForm.Name.Length == 0 ? "" : $" in the form {KnownForm.Name}")}.", "Leave it out, and use Wait-ChatGeneration.");
        }

        if (NotifyUri is not null)
        {
            ParameterDescription.RequireAddress(NotifyUri, nameof(NotifyUri));
        }
    }

    private string Asking => $"the action {Description.Name} of the service {Service}";

    private ChatServiceException NotTaken(string name)
    {
        string[] forms = [.. Description.Parameters.Where(parameter => parameter.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).SelectMany(parameter => parameter.Forms).Distinct(StringComparer.Ordinal)];
        return Failures.Invalid(
            $"-{name}: {Asking} does not take it{(KnownForm.Name.Length == 0 ? "" : $" in the form {KnownForm.Name}")}.",
            forms.Length > 0 ? $"{string.Join(", ", forms)} takes it: -Form {forms[0]}. Or leave it out." : "Leave it out, or choose another -Action or -Form. What has no parameter goes through -AdditionalBody.");
    }
}
