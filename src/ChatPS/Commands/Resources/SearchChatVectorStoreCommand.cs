using System.Collections;
using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Resources;
using ChatPS.Completion;
using ChatPS.Conversion;

namespace ChatPS.Commands;

/// <summary>Searches vector stores by meaning.</summary>
[Cmdlet(VerbsCommon.Search, "ChatVectorStore")]
[OutputType(typeof(ChatVectorStoreMatch))]
public sealed class SearchChatVectorStoreCommand : ResourceCmdlet
{
    private const int MostFound = 50;

    /// <summary>The vector store, or its id.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = "The vector store, or its id.")]
    [Alias("VectorStoreId")]
    public object? VectorStore { get; set; }

    /// <summary>What is searched for.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, HelpMessage = "What is searched for.")]
    [ValidateNotNullOrEmpty]
    public object[] Query { get; set; } = [];

    /// <summary>The most pieces to find for each question.</summary>
    [Parameter(HelpMessage = "The most pieces to find for each question, 1 to 50.")]
    public int First { get; set; }

    /// <summary>The least score of what is found.</summary>
    [Parameter(HelpMessage = "The least score of what is found, 0 to 1.")]
    public double MinScore { get; set; }

    /// <summary>Which files are searched, by their attributes.</summary>
    [Parameter(HelpMessage = "Which files are searched: the values of their attributes, or a filter of the service, as a hashtable.")]
    public IDictionary? Filter { get; set; }

    /// <summary>How what is found is put in order.</summary>
    [Parameter(HelpMessage = "How what is found is put in order, in the service's word.")]
    [ArgumentCompleter(typeof(RankerCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Ranker { get; set; }

    /// <summary>Lets the service word the question anew for the search.</summary>
    [Parameter(HelpMessage = "Lets the service word the question anew for the search.")]
    public SwitchParameter RewriteQuery { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        object? piped = MyInvocation.ExpectingInput && Query.Length == 1 ? Query[0] : VectorStore;
        Attempt(piped, () =>
        {
            (ChatVectorStore store, object[] queries) = KeptPlace.Sort<ChatVectorStore>(VectorStore, Query, "-VectorStore");
            foreach (object given in queries)
            {
                string query = Bare.Of(given) as string is { Length: > 0 } text
                    ? text
                    : throw Failures.Invalid($"-Query: '{PlainObject.Text(given)}' is no text.", "Give -Query texts to search for.");
                object item = MyInvocation.ExpectingInput ? piped! : query;
                Attempt(item, () => Find(store, query, item));
            }
        });
    }

    private void Find(ChatVectorStore store, string query, object item)
    {
        ResourceFields fields = new();
        fields.Put("query", query);
        if (IsBound(nameof(First)))
        {
            fields.PutNumber("max_num_results", First, 1, MostFound, "-First");
        }

        if (IsBound(nameof(MinScore)))
        {
            fields.Put("ranking_options.score_threshold", MinScore);
        }

        fields.Put("ranking_options.ranker", Ranker);
        fields.PutFilter("filters", Filter, "-Filter");
        if (RewriteQuery)
        {
            fields.Put("rewrite_query", true);
        }

        fields.Check();
        ServiceConnection service = Connected(store.Connection);
        ResourcePlace place = new("", store.Id) { Input = item };
        Run(item, async (output, token) =>
        {
            foreach (ChatVectorStoreMatch match in await service.Resources.SearchAsync(place, query, fields.Values, Call(output), token))
            {
                await output.EmitAsync(match, token);
            }

            return null;
        });
    }
}
