BeforeAll {
    . $PSScriptRoot/common.ps1
    Connect-TestSandbox
    $embeddings = 'rotate keys', 'brew tea', 'rotate a key', 'plant trees' | Get-ChatEmbedding
    $path = Join-Path $TestDrive 'a.vec'
    $embeddings | Export-ChatEmbedding $path

    function New-Embedding([float[]] $Vector, $Model = 'a') {
        [ChatPS.ChatEmbedding]@{ Vector = $Vector; Model = $Model; Text = "$Vector" }
    }
}

AfterAll {
    Clear-Test
}

Describe 'Find-ChatSimilar' {
    BeforeEach {
        Connect-TestSandbox
    }

    It 'answers from an index over a folder in two lines' {
        Push-Location $TestDrive
        $null = New-Item docs/deep -ItemType Directory -Force
        Set-Content docs/deep/keys.md "# Keys`n`nAbout keys.`n`n## How`n`nTo rotate the key, open a ticket." -Encoding utf8
        Set-Content docs/tea.md "# Tea`n`nTea is brewed at four." -Encoding utf8
        Get-ChildItem docs -Recurse -Filter *.md | Split-ChatText -MaxToken 16 | Get-ChatEmbedding | Export-ChatEmbedding docs.vec
        $found = @(Find-ChatSimilar 'How do I rotate the key?' -Path docs.vec -Top 2)
        $answer = Find-ChatSimilar 'How do I rotate the key?' -Path docs.vec -Top 1 | Invoke-ChatCompletion 'Answer from these passages, and name them.' -Aggregate
        Pop-Location
        $found | Should -BeOfType ChatPS.ChatSimilarText
        $found[0].Text.Trim() | Should -BeLike '## How*To rotate the key, open a ticket.'
        $found[0].Source | Should -BeExactly (Join-Path docs (Join-Path deep keys.md))
        $found[0].Line | Should -Be 5
        $found[0].Heading | Should -BeExactly 'Keys > How'
        $found[0].Path | Should -BeLike '*docs.vec'
        $found[0].Model | Should -Be sandbox-mini
        $found | ForEach-Object Rank | Should -Be 1, 2
        $answer.Text | Should -BeLike '*keys.md, line 5, Keys > How:*To rotate the key*'
    }

    It 'gives the best first, and asks once' {
        $found = Find-ChatSimilar 'rotate keys' -Path $path -Top 2
        $found.Text | Should -BeExactly 'rotate keys', 'rotate a key'
        [Math]::Round($found[0].Score, 5) | Should -Be 1
        $found[0].Score | Should -BeGreaterThan $found[1].Score
        $found.Index | Should -Be 0, 2
        $found[0].Query | Should -BeExactly 'rotate keys'
        @(Get-TestRequest).Count | Should -Be 1
        Get-TestMember model | Should -Be '"sandbox-mini"'
    }

    It 'searches what is piped in' {
        $found = @($embeddings | Find-ChatSimilar 'tea' -Top 1)
        $found.Text | Should -BeExactly 'brew tea'
        $found[0].Input | Should -BeExactly 'brew tea'
        $found[0].Path | Should -BeNullOrEmpty
        @(Get-Item $path | Find-ChatSimilar 'tea' -Top 1).Text | Should -BeExactly 'brew tea'
    }

    It 'asks for nothing where the query is a vector' {
        @($embeddings | Find-ChatSimilar $embeddings[1] -Top 1).Text | Should -BeExactly 'brew tea'
        @(Find-ChatSimilar $embeddings[1].Vector -Path $path -Top 1).Text | Should -BeExactly 'brew tea'
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'searches for several at once, in one request' {
        $found = Find-ChatSimilar 'tea', $embeddings[3], 'keys' -Path $path -Top 1
        $found.Query | Should -BeExactly 'tea', 'plant trees', 'keys'
        $found.QueryIndex | Should -Be 0, 1, 2
        $found.Text | Should -BeExactly 'brew tea', 'plant trees', 'rotate keys'
        @(Get-TestRequest).Count | Should -Be 1
    }

    It 'searches for what is piped in, where only the files are named' {
        $file = Join-Path $TestDrive 'question.txt'
        Set-Content $file 'plant trees' -Encoding utf8
        $found = 'tea', $embeddings[0], (Get-Item $file), (Split-ChatText 'brew') | Find-ChatSimilar -Path $path -Top 1
        $found.Text | Should -BeExactly 'brew tea', 'rotate keys', 'plant trees', 'brew tea'
        $found.QueryIndex | Should -Be 0, 1, 2, 3
        @(Get-TestRequest).Count | Should -Be 1
        @(Find-ChatSimilar -InputObject 'tea' -Path $path -Top 1).Text | Should -BeExactly 'brew tea'
        @() | Find-ChatSimilar -Path $path | Should -BeNullOrEmpty
    }

    It 'makes an error of what cannot be searched for, with its number, and searches for the others' {
        $found = @('tea', ' ', @{ a = 1 }, (New-Embedding 1, 2), 'keys' | Find-ChatSimilar -Path $path -Top 1 -ErrorAction SilentlyContinue -ErrorVariable failures)
        $found.Text | Should -BeExactly 'brew tea', 'rotate keys'
        $found.QueryIndex | Should -Be 0, 4
        @($failures).Count | Should -Be 3
        "$($failures[0])" | Should -BeLike 'Item 2*empty*'
        "$($failures[1])" | Should -BeLike 'Item 3*neither a text nor a vector*'
        "$($failures[2])" | Should -BeLike 'Item 4*different*'
    }

    It 'still searches what is piped in beside the files where there is a query' {
        @($embeddings[1] | Find-ChatSimilar 'brew tea' -Path $path -Top 2).Text | Should -BeExactly 'brew tea', 'brew tea'
    }

    It 'shows several queries one after the other' {
        $lines = { (& $args[0] | Out-String -Width 80) -split "`r?`n" }
        $several = & $lines { Find-ChatSimilar 'tea', 'keys' -Path $path -Top 2 }
        @($several -match '^ *Query: ').Trim() | Should -BeExactly 'Query: tea', 'Query: keys'
        @((& $lines { Find-ChatSimilar 'tea' -Path $path }) -match 'Query').Count | Should -Be 0
        $several | ForEach-Object { $_.Length } | Should -BeLessOrEqual 80
    }

    It 'searches several files as one' {
        $other = Join-Path $TestDrive 'b.vec'
        Get-ChatEmbedding 'green tea' | Export-ChatEmbedding $other -Force
        $found = Find-ChatSimilar 'green tea' -Path $path, $other -Top 2
        $found.Text | Should -BeExactly 'green tea', 'brew tea'
        $found[0].Path | Should -Be (Get-Item $other).FullName
        $found[0].Index | Should -Be 0
        @(Find-ChatSimilar 'green tea' -Path (Join-Path $TestDrive '?.vec') -Top 1).Text | Should -BeExactly 'green tea'
    }

    It 'gives no more than is near enough, by any metric' {
        $items = (New-Embedding 1, 0), (New-Embedding 3, 4), (New-Embedding 0, 2), (New-Embedding 0, 0)
        ($items | Find-ChatSimilar (1.0, 0.0) -Threshold 0.5).Text | Should -Be '1 0', '3 4'
        ($items | Find-ChatSimilar (1.0, 0.0) -Metric DotProduct).Text | Should -Be '3 4', '1 0', '0 2', '0 0'
        $near = $items | Find-ChatSimilar (1.0, 0.0) -Metric Euclidean -Threshold 2.5
        $near.Text | Should -Be '1 0', '0 0', '0 2'
        $near[0].Score | Should -Be 0
        $near[1].Score | Should -Be 1
        $items | Find-ChatSimilar (1.0, 0.0) -Metric DotProduct -Threshold 4 | Should -BeNullOrEmpty
    }

    It 'finds the same by bytes as by floats' {
        $codes = Join-Path $TestDrive 'codes.x'
        $embeddings | Export-ChatEmbedding $codes -Int8 -Force
        (Find-ChatSimilar 'tea' -Path $codes).Index | Should -Be (Find-ChatSimilar 'tea' -Path $codes -Exact).Index
    }

    It 'asks for as few numbers as the vectors have' {
        $short = Join-Path $TestDrive 'short.x'
        'rotate keys', 'brew tea' | Get-ChatEmbedding -Dimension 64 | Export-ChatEmbedding $short -Force
        (Find-ChatSimilar 'tea' -Path $short -Top 1).Text | Should -BeExactly 'brew tea'
        Get-TestMember dimensions | Should -Be 64
    }

    It 'takes the model of the vectors, or the one that is named' {
        $other = Join-Path $TestDrive 'other.x'
        'tea' | Get-ChatEmbedding -Model sandbox-embedding | Export-ChatEmbedding $other -Force
        $null = Find-ChatSimilar 'tea' -Path $other
        Get-TestMember model | Should -Be '"sandbox-embedding"'
        $null = Find-ChatSimilar 'tea' -Path $other -Model sandbox-mini
        Get-TestMember model | Should -Be '"sandbox-mini"'
    }

    It 'says before anything is sent that <What>' -ForEach @(
        @{ What = 'the dimension differs'; Script = { Find-ChatSimilar 'tea', @(1, 2) -Path $path }; Message = '*different lengths*' }
        @{ What = 'the model differs'; Script = { Find-ChatSimilar 'tea', ([ChatPS.ChatEmbedding]@{ Vector = $embeddings[0].Vector; Model = 'b' }) -Path $path }; Message = "*different models*'sandbox-mini'*'b'*" }
        @{ What = 'a query is empty'; Script = { Find-ChatSimilar 'tea', ' ' -Path $path }; Message = '*-Query*empty*' }
        @{ What = 'a query is neither text nor vector'; Script = { Find-ChatSimilar @{ a = 1 } -Path $path }; Message = '*-Query*' }
        @{ What = '-Top cannot be'; Script = { Find-ChatSimilar 'tea' -Path $path -Top 0 }; Message = '*-Top*' }
        @{ What = 'there is no such file'; Script = { Find-ChatSimilar 'tea' -Path (Join-Path $TestDrive 'none.vec') }; Message = '*there is no file*' }
        @{ What = 'there is nothing to search for'; Script = { Find-ChatSimilar -Path $path }; Message = '*-Query is missing*' }
        @{ What = 'there is neither a query nor a file'; Script = { $embeddings | Find-ChatSimilar }; Message = '*-Query is missing*' }
        @{ What = '-Threshold is no cosine'; Script = { Find-ChatSimilar 'tea' -Path $path -Threshold 1.5 }; Message = '*-Threshold is 1.5*-1 and 1*' }
        @{ What = '-Threshold is no number'; Script = { Find-ChatSimilar 'tea' -Path $path -Metric Euclidean -Threshold ([double]::NaN) }; Message = '*-Threshold is NaN*' }
        @{ What = 'there is nothing to search'; Script = { Find-ChatSimilar 'tea' }; Message = '*nothing to search*' }
    ) {
        $failure = @(Get-Failure $Script)
        $failure.Count | Should -Be 1
        $failure[0].Exception.Message | Should -BeLike $Message
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*'
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'makes an error of a piped item that does not fit, and searches the others' {
        $found = @((New-Embedding 1, 0), (New-Embedding 1, 0, 0), 'text', (New-Embedding 0, 1 -Model b), (New-Embedding 0, 1) | Find-ChatSimilar (0.0, 1.0) -ErrorAction SilentlyContinue -ErrorVariable failures)
        $found.Text | Should -Be '0 1', '1 0'
        @($failures).Count | Should -Be 3
    }

    It 'gives nothing for nothing' {
        @() | Find-ChatSimilar 'tea' | Should -BeNullOrEmpty
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'leaves the file when it is done or stopped' {
        $own = Join-Path $TestDrive 'own.x'
        $embeddings | Export-ChatEmbedding $own
        $null = Find-ChatSimilar 'tea' -Path $own | Select-Object -First 1
        'more' | Get-ChatEmbedding | Export-ChatEmbedding $own -Append
        @(Import-ChatEmbedding $own).Count | Should -Be 5
    }
}
