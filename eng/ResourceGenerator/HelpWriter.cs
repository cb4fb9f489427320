using System.Text;

namespace ChatPS.ResourceGenerator;

/// <summary>Writes the help page of a generated cmdlet.</summary>
public static class HelpWriter
{
    /// <summary>Writes a page.</summary>
    /// <param name="resource">What the cmdlet is about.</param>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <returns>The page in Markdown.</returns>
    public static string Write(ResourceDescription resource, VerbDescription cmdlet)
    {
        string name = $"{cmdlet.Verb}-{resource.Noun}";
        StringBuilder page = new();
        Add(page, "# " + name, "## SYNOPSIS", cmdlet.Synopsis, "## DESCRIPTION", Description(resource, cmdlet), "## EXAMPLES");
        int number = 0;
        foreach ((string title, string code) in cmdlet.Examples)
        {
            number++;
            Add(page, $"### Example {number.ToString(System.Globalization.CultureInfo.InvariantCulture)}: {title}", $"```powershell\n{code}\n```");
        }

        Add(page, "## PARAMETERS", Shared(cmdlet.Verb == "New", cmdlet.Verb is "New" or "Set"));
        foreach (ResourceParameter parameter in ResourceParameter.Of(resource, cmdlet))
        {
            Add(page, "### -" + parameter.Name, parameter.Details);
        }

        Add(page, "## INPUTS", Inputs(resource, cmdlet.Verb), "## OUTPUTS", Outputs(resource, cmdlet.Verb), "## NOTES");
        Add(page, cmdlet.Notes.Length > 0 ? cmdlet.Notes : "Services of other vendors and most gateways keep no such things; they answer with an error. With several ids, one that fails does not stop the others.");
        IEnumerable<string> links = resource.Verbs.Select(verb => $"{verb.Verb}-{resource.Noun}").Where(link => link != name).Concat(resource.Links);
        Add(page, "## RELATED LINKS", string.Join("\n", links.Select(link => $"- [{link}]({link}.md)")));
        return page.ToString().TrimEnd('\n') + "\n";
    }

    private static string Description(ResourceDescription resource, VerbDescription cmdlet) => cmdlet.About + cmdlet.Verb switch
    {
        "Get" when resource.IsListed => "\n\nLists come in pages, which are fetched as they are needed: `-First` ends early, and so does `Select-Object -First`.",
        "Remove" => "\n\nWhat is deleted cannot be brought back. `-WhatIf` shows what would be deleted, `-Confirm` asks first.",
        "New" or "Set" => "\n\n`-WhatIf` sends nothing.",
        _ => "",
    };

    private static string Shared(bool makes, bool hasBody)
    {
        string connection = makes ? "[Connection](../shared-parameters.md#connection)" : "[Connection of what is piped](../shared-parameters.md#connection-of-what-is-piped)";
        string body = hasBody ? "[Requests with a body](../shared-parameters.md#requests-with-a-body)" : "[Requests without a body](../shared-parameters.md#requests-without-a-body)";
        return $"Parameters that other commands have, too, are described in [Calls](../shared-parameters.md#calls), {connection} and {body}.";
    }

    private static string Inputs(ResourceDescription resource, string verb)
    {
        if (verb == "New")
        {
            return resource.Fields.Any(field => field.FromPipeline) ? "### System.String\n\nNames." : "### None\n\nNothing is taken from the pipeline.";
        }

        StringBuilder inputs = new();
        if (resource.Parent is null)
        {
            Add(inputs, "### System.String", "Ids.");
        }
        else if (verb == "Get" && resource.IsListed)
        {
            Add(inputs, "### ChatPS." + resource.Parent, $"What lies in such a {resource.ParentName} is listed.");
        }

        Add(inputs, "### ChatPS." + resource.Noun, $"What was seen before, over the connection that it came from: a {resource.Name}.");
        return inputs.ToString().TrimEnd('\n');
    }

    private static string Outputs(ResourceDescription resource, string verb) => verb switch
    {
        "Remove" => "### None\n\nNothing is emitted.",
        "Set" => $"### ChatPS.{resource.Noun}\n\nWith `-PassThru`, a {resource.Name} as it is now.",
        _ => $"### ChatPS.{resource.Noun}\n\nA {resource.Name}. `Raw` holds all that the service told of it.",
    };

    private static void Add(StringBuilder page, params string[] blocks)
    {
        foreach (string block in blocks)
        {
            page.Append(block).Append("\n\n");
        }
    }
}
