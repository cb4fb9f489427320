using System.Collections;
using ChatPS.Client.Connections;

namespace ChatPS.Client.Decisions;

/// <summary>As TypeSafe made it, and local servers and gateways after it: <c>POST /systemone</c> with questions and answers by their names.</summary>
/// <param name="name">The name to choose it by.</param>
internal class SystemOneForm(string name = nameof(DecisionForms.SystemOne)) : DecisionForm(name)
{
    public override int MostLevels => 26;

    public override string Path(ConnectionSettings connection, string model) => "systemone";

    public override Dictionary<string, object?> ToFields(DecisionRequest request, ConnectionSettings connection, string model)
    {
        RefuseIdentifiers(request);
        Dictionary<string, object?> fields = Fields.Of(("model", model), ("state", State(request)), ("questions", request.Questions.ToDictionary(question => question.Name, object? (question) => Question(question, connection), StringComparer.Ordinal)));
        IReadOnlyList<ChatContent> images = request.Images(Name);
        if (images.Count > 0)
        {
            fields["images"] = images.Select(image => Image(image, connection)).ToArray();
        }

        return fields;
    }

    // Servers refuse evidence without a word, though there are images.
    private static object State(DecisionRequest request) => request.Data is { } data ? data is string or IEnumerable ? data : request.AsText()
        : (request.Messages is [{ Role: "user" }]
            ? request.AsText() is { Length: > 0 } text ? text : "Look at the image."
            : request.Messages.Select(message => Fields.Of(("role", message.Role), ("content", message.Text))).ToArray());

    private string Image(ChatContent image, ConnectionSettings connection)
    {
        (_, string data) = image.Bytes(Name);
        return KnownHosts.IsOllama(connection) ? data : image.Url!;
    }

    private static Dictionary<string, object?> Question(ChatQuestion question, ConnectionSettings connection)
    {
        (string type, object? criteria) = question.Type switch
        {
            ChatQuestionType.Choice => ("choice", question.Options.ToDictionary(option => option.Label(), object? (option) => option.Description ?? (KnownHosts.WantsEveryDescription(connection) ? "" : null), StringComparer.Ordinal)),
            ChatQuestionType.Score => ("score", question.Levels.Select(level => level.Words()).ToArray()),
            _ => ("noul", question.Yes is null && question.No is null ? (object?)null : Fields.Of(("true", question.Yes ?? ""), ("false", question.No ?? ""))),
        };
        Dictionary<string, object?> fields = Fields.Of(("type", type), ("instructions", question.Text));
        fields.AddIfGiven("criteria", criteria);
        return fields;
    }
}
