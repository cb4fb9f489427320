using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Decisions;

/// <summary>How a vendor is asked. What it answers is understood in all forms, whichever was asked in.</summary>
/// <param name="name">The name to choose it by.</param>
internal abstract class DecisionForm(string name)
{
    /// <summary>Gets the name to choose it by.</summary>
    public string Name => name;

    /// <summary>Gets the most questions of a request.</summary>
    public virtual int MostQuestions => 400;

    /// <summary>Gets the most options of a choice.</summary>
    public virtual int MostOptions => 255;

    /// <summary>Gets the most levels of a score.</summary>
    public virtual int MostLevels => 10;

    /// <summary>Gets whether the boolean <c>true</c> and the text "true" are two options.</summary>
    public virtual bool TellsBooleans => false;

    /// <summary>Finds the endpoint.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="model">The model.</param>
    /// <returns>The path from the base address.</returns>
    public abstract string Path(ConnectionSettings connection, string model);

    /// <summary>Writes a request.</summary>
    /// <param name="request">The request, which is in order.</param>
    /// <param name="connection">The connection.</param>
    /// <param name="model">The model.</param>
    /// <returns>Its fields, as plain dictionaries, lists and values.</returns>
    /// <exception cref="ChatServiceException">Something has no place in the form; it says what.</exception>
    public abstract Dictionary<string, object?> ToFields(DecisionRequest request, ConnectionSettings connection, string model);

    /// <summary>Refuses what the form has no place for.</summary>
    /// <param name="request">The request.</param>
    /// <exception cref="ChatServiceException">It holds such a thing.</exception>
    protected void RefuseIdentifiers(DecisionRequest request)
    {
        if ((request.SafetyIdentifier is not null ? "-SafetyIdentifier" : request.PromptCacheKey is not null ? "-PromptCacheKey" : null) is { } parameter)
        {
            throw Failures.Invalid($"{parameter}: the form {Name} has no place for it.", $"Leave out {parameter}, or give -Form OpenAI if the service knows that form.");
        }
    }
}
