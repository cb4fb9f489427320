using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Decisions;

/// <summary>As Google made it: <c>POST /decisions</c> beside the models of Gemini, in snake case.</summary>
internal sealed class GeminiForm() : DecisionForm(nameof(DecisionForms.Gemini))
{
    private const string Models = "models/";

    public override int MostQuestions => 1000;

    public override int MostLevels => 255;

    public override string Path(ConnectionSettings connection, string model) => "decisions";

    public override Dictionary<string, object?> ToFields(DecisionRequest request, ConnectionSettings connection, string model)
    {
        RefuseIdentifiers(request);
        IReadOnlyList<ChatContent> images = request.Images(Name);
        string text = request.AsText();
        return Fields.Of(
            ("model", model.StartsWith(Models, StringComparison.Ordinal) ? model : Models + model),
            ("input", images.Count == 0 ? text : (text.Length == 0 ? [] : new[] { Fields.Of(("type", "text"), ("text", text)) }).Concat(images.Select(Image)).ToArray()),
            ("questions", request.Questions.ToDictionary(question => question.Name, object? (question) => Question(question), StringComparer.Ordinal)));
    }

    private Dictionary<string, object?> Image(ChatContent image)
    {
        if (image.Url?.StartsWith("http", StringComparison.OrdinalIgnoreCase) == true)
        {
            return Fields.Of(("type", "image"), ("uri", image.Url));
        }

        (string type, string data) = image.Bytes(Name);
        return Fields.Of(("type", "image"), ("data", data), ("mime_type", type));
    }

    private static Dictionary<string, object?> Question(ChatQuestion question)
    {
        (string type, object? criteria) = question.Type switch
        {
            ChatQuestionType.Choice => ("choice", question.Options.ToDictionary(option => Checked(option.Label(), question), object? (option) => option.Description ?? option.Label(), StringComparer.Ordinal)),
            ChatQuestionType.Score => ("score", question.Levels.Select(level => level.Words()).ToArray()),
            _ => ("noul", (object?)Meanings(question)),
        };
        Dictionary<string, object?> fields = Fields.Of(("type", type), ("instructions", question.Text));
        fields.AddIfGiven("criteria", criteria);
        return fields;
    }

    private static Dictionary<string, object?>? Meanings(ChatQuestion question)
    {
        Dictionary<string, object?> meanings = new(StringComparer.Ordinal);
        meanings.AddIfGiven("true_description", question.Yes);
        meanings.AddIfGiven("false_description", question.No);
        return meanings.Count > 0 ? meanings : null;
    }

    private static string Checked(string label, ChatQuestion question) => label.Trim() == label && !label.Any(char.IsControl)
        ? label
        : throw Failures.Invalid($"-Question '{question.Name}': the option '{ParameterRules.OnOneLine(label)}' begins or ends with a blank, or holds a control character, which the form Gemini does not take.", "Give the option another name.");
}
