using ChatPS.Client.Connections;

namespace ChatPS.Client.Decisions;

/// <summary>As SGLang made it: at the address of OpenAI's form, and yet another one.</summary>
internal sealed class SGLangForm() : DecisionForm(nameof(DecisionForms.SGLang))
{
    // A letter each.
    public override int MostOptions => 26;

    public override string Path(ConnectionSettings connection, string model) => "decisions";

    public override Dictionary<string, object?> ToFields(DecisionRequest request, ConnectionSettings connection, string model)
    {
        RefuseIdentifiers(request);
        Dictionary<string, object?> fields = Fields.Of(("model", model), ("input", request.AsText()), ("questions", request.Questions.Select(Question).ToArray()));
        IReadOnlyList<ChatContent> images = request.Images(Name);
        if (images.Count > 0)
        {
            fields["images"] = images.Select(image => Fields.Of(("url", image.Url))).ToArray();
        }

        return fields;
    }

    private static Dictionary<string, object?> Question(ChatQuestion question)
    {
        Dictionary<string, object?> fields = Fields.Of(
            ("id", question.Name),
            ("type", question.Type switch { ChatQuestionType.Choice => "choice", ChatQuestionType.Score => "score", _ => "yes_no" }),
            ("question", question.Text));
        fields.AddIfGiven("yes", question.Yes);
        fields.AddIfGiven("no", question.No);
        if (question.Type == ChatQuestionType.Choice)
        {
            fields["options"] = question.Options.Select(Option).ToArray();
        }
        else if (question.Type == ChatQuestionType.Score)
        {
            fields["levels"] = question.Levels.Select(level => level.Words()).ToArray();
        }

        return fields;
    }

    private static Dictionary<string, object?> Option(ChatQuestionOption option)
    {
        Dictionary<string, object?> fields = Fields.Of(("name", option.Label()));
        fields.AddIfGiven("description", option.Description);
        return fields;
    }
}
