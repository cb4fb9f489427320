namespace ChatPS.Client.Decisions;

/// <summary>Offered by dialects whose services may have an endpoint for decisions, in a form that is found out when it is first asked.</summary>
internal sealed class DecisionSearch
{
    public static readonly DecisionSearch Allowed = new();

    private DecisionSearch()
    {
    }
}
