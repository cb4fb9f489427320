using System.Globalization;

namespace ChatPS.ResourceGenerator;

/// <summary>A parameter of a generated cmdlet.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ClrType">Its type in C#.</param>
/// <param name="Help">What it means, in one sentence.</param>
public sealed record ResourceParameter(string Name, string ClrType, string Help)
{
    /// <summary>Gets what the help page tells.</summary>
    public string Details { get; private set; } = "";

    /// <summary>Gets the attributes, as C# writes them.</summary>
    public IReadOnlyList<string> Attributes { get; private set; } = [];

    /// <summary>Lists the parameters of a cmdlet, besides those that all have.</summary>
    /// <param name="resource">What it is about.</param>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <returns>The parameters.</returns>
    public static IEnumerable<ResourceParameter> Of(ResourceDescription resource, VerbDescription cmdlet) => cmdlet.Verb switch
    {
        "New" => resource.Fields.Where(field => field.Verbs.Contains("New", StringComparer.Ordinal)).Select(field => OfField(field, "New")),
        "Get" => [.. Places(resource, "Get"), .. resource.IsListed ? Lists(resource) : []],
        "Set" => [.. Places(resource, "Set"), .. resource.Fields.Where(field => field.Verbs.Contains("Set", StringComparer.Ordinal)).Select(field => OfField(field, "Set")), PassThru(resource)],
        _ => Places(resource, cmdlet.Verb),
    };

    // Which one is meant: by id, or as an object that was seen before.
    private static IEnumerable<ResourceParameter> Places(ResourceDescription resource, string verb)
    {
        bool mayList = verb == "Get" && resource.IsListed;
        bool isOptional = verb == "Get" && resource.Parent is null;
        if (resource.Parent is { } parent)
        {
            string help = $"The {resource.ParentName}, or its id.";
            yield return new ResourceParameter(resource.ParentParameter, parent + "?", help)
            {
                Details = mayList ? $"The {resource.ParentName}, or its id; from the pipeline, too. All that lies in it is listed where no id of a {resource.Name} is given." : help,
                Attributes =
                [
                    .. mayList ? [$"[Parameter(Mandatory = true, Position = 0, ParameterSetName = \"List\", ValueFromPipeline = true, HelpMessage = \"{help}\")]"] : (string[])[],
                    $"[Parameter(Mandatory = true, Position = 0, ParameterSetName = \"Id\", ValueFromPipelineByPropertyName = true, HelpMessage = \"{help}\")]",
                    $"[Alias(\"{resource.ParentId}\")]",
                    $"[KeptTransformation(typeof({parent}))]",
                ],
            };
        }

        string ids = resource.Key == "Id" ? $"The ids of {resource.Plural}" : $"The {resource.Key.ToLowerInvariant()}s, as the service numbers them";
        string idHelp = ids + (isOptional && mayList ? "; all if not given." : ".");
        string fromPipeline = resource.Parent is null ? "ValueFromPipeline = true, " : "";
        yield return new ResourceParameter(resource.Key, isOptional ? "string[]?" : "string[]", idHelp)
        {
            Details = idHelp + " One that the service does not keep is an error of id `InvalidRequest`.",
            Attributes =
            [
                $"[Parameter({(isOptional ? "" : "Mandatory = true, ")}Position = {(resource.Parent is null ? 0 : 1)}, ParameterSetName = \"Id\", {fromPipeline}ValueFromPipelineByPropertyName = true, HelpMessage = \"{idHelp}\")]",
                "[ValidateNotNullOrEmpty]",
            ],
        };
        string seen = verb switch
        {
            "Get" => $"What was seen before, to look at it again: a {resource.Name}.",
            "Set" => $"What is changed: a {resource.Name}.",
            _ => $"What is deleted: a {resource.Name}.",
        };
        yield return new ResourceParameter("InputObject", resource.Noun + "?", seen)
        {
            Details = seen + " It comes from the pipeline, and is sought over the connection that it came from.",
            Attributes = [$"[Parameter(Mandatory = true, ParameterSetName = \"InputObject\", ValueFromPipeline = true, HelpMessage = \"{seen}\")]"],
        };
    }

    private static IEnumerable<ResourceParameter> Lists(ResourceDescription resource)
    {
        if (resource.Group is { } group)
        {
            yield return OfList(resource, group);
        }

        foreach (FieldDescription filter in resource.Filters)
        {
            yield return OfList(resource, filter);
        }

        yield return OfList(resource, new FieldDescription("First", "limit", "integer", $"The most {resource.Plural} to get.")) with
        {
            Details = "The most to get, at least 1. Pages of a hundred are fetched as they are needed. Default: all.",
        };
        if (resource.IsOrdered)
        {
            yield return OfList(resource, new FieldDescription("Order", "order", "text", "Whether the oldest come first (asc) or the newest (desc).")) with
            {
                Details = "Whether the oldest come first (`asc`) or the newest (`desc`). Default: the service's own order, as a rule `desc`.",
                Attributes = [.. Sets().Select(set => $"[Parameter({set}HelpMessage = \"Whether the oldest come first (asc) or the newest (desc).\")]"), "[ValidateSet(\"asc\", \"desc\")]"],
            };
        }
    }

    private static ResourceParameter OfList(ResourceDescription resource, FieldDescription field) => new(field.Name, field.ClrType, field.Help)
    {
        Details = field.Details.Length > 0 ? field.Details : field.Help,
        Attributes =
        [
            .. Sets().Select(set => $"[Parameter({set}HelpMessage = \"{field.Help}\")]"),
            .. Completions(field),
            .. field.Type == "text" ? ["[ValidateNotNullOrEmpty]"] : (string[])[],
        ],
    };

    private static string[] Sets() => ["ParameterSetName = \"List\", "];

    private static ResourceParameter OfField(FieldDescription field, string verb)
    {
        List<string> parts = [];
        if (field.Mandatory.Contains(verb, StringComparer.Ordinal))
        {
            parts.Add("Mandatory = true");
        }

        if (verb == "New" && field.Position is { } position)
        {
            parts.Add("Position = " + position.ToString(CultureInfo.InvariantCulture));
        }

        if (verb == "New" && field.FromPipeline)
        {
            parts.Add("ValueFromPipeline = true");
        }

        parts.Add($"HelpMessage = \"{field.Help}\"");
        string range = field is { Least: { } least, Most: { } most } ? string.Format(CultureInfo.InvariantCulture, " {0} to {1}.", least, most) : "";
        string values = field.Values.Count > 0 ? $" Known values: {string.Join(", ", field.Values.Select(value => $"`{value}`"))}." : "";
        return new ResourceParameter(field.Name, field.ClrType, field.Help)
        {
            Details = (field.Details.Length > 0 ? field.Details : field.Help) + range + values,
            Attributes = [$"[Parameter({string.Join(", ", parts)})]", .. Completions(field), .. field.Type is "text" or "texts" ? ["[ValidateNotNullOrEmpty]"] : (string[])[]],
        };
    }

    private static ResourceParameter PassThru(ResourceDescription resource)
    {
        string help = $"Emits the changed {resource.Name}.";
        return new ResourceParameter("PassThru", "SwitchParameter", help) { Details = help + " Without it nothing is emitted.", Attributes = [$"[Parameter(HelpMessage = \"{help}\")]"] };
    }

    // Completions are offers: services add values of their own. The class is one of those in Completion.
    private static IEnumerable<string> Completions(FieldDescription field) => field.Values.Count > 0 ? [$"[ArgumentCompleter(typeof({field.Name}Completer))]"] : [];
}
