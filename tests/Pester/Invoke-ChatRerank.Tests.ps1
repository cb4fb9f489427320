BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'Invoke-ChatRerank' {
    BeforeEach {
        Connect-TestSandbox
    }

    It 'gives the best first, each with its item' {
        $results = 'tea', 'rotate a key', 'a key' | Invoke-ChatRerank 'rotate a key'
        $results | Should -BeOfType ChatPS.ChatRerankResult
        $results.Text | Should -BeExactly 'rotate a key', 'a key', 'tea'
        $results | ForEach-Object Rank | Should -Be 1, 2, 3
        $results.Index | Should -Be 1, 2, 0
        $results[0].Score | Should -Be 1
        $results[0].Usage.TotalTokens | Should -BeGreaterThan 0
        "$($results[0])" | Should -BeExactly 'rotate a key'
        @(Get-TestRequest).Count | Should -Be 1
    }

    It 'keeps objects, and equal texts apart' {
        $rows = 1..3 | ForEach-Object { [pscustomobject]@{ Id = $_; Title = 'key' } }
        $results = $rows | Invoke-ChatRerank key -Property title
        $results.Input.Id | Should -Be 1, 2, 3
        $results[0].Input | Should -Be $rows[0]
    }

    It 'takes hashtables, and makes an error of a property that cannot be read' {
        $bad = [pscustomobject]@{ Id = 9 } | Add-Member ScriptProperty Title { throw 'boom' } -PassThru
        $results = @{ Title = 'a key' }, $bad, @{ Title = 'b' } | Invoke-ChatRerank key -Property Title -ErrorVariable failure -ErrorAction SilentlyContinue
        $results.Text | Should -BeExactly 'a key', 'b'
        @($failure).Count | Should -Be 1
        $failure[0].Exception.Message | Should -BeLike "*'Title'*boom*"
    }

    It 'says so where the service scores fewer than it was given' {
        Connect-TestSandbox @{ Response = @{ Path = '*/rerank'; Response = @{ results = @(@{ index = 1; relevance_score = 1 }) } } }
        $results = 'a', 'b' | Invoke-ChatRerank b -WarningVariable warning -WarningAction SilentlyContinue
        $results.Text | Should -BeExactly 'b'
        $warning | Should -BeLike '*1 of 2*'
    }

    It 'gives no more than -Top, and asks for no more' {
        @('a', 'b', 'c' | Invoke-ChatRerank a -Top 2).Count | Should -Be 2
        Get-TestMember top_n | Should -Be 2
        @('a', 'b' | Invoke-ChatRerank a -Top 9).Count | Should -Be 2
        Get-TestMember top_n | Should -Be 2
    }

    It 'judges files by their text' {
        Set-Content (Join-Path $TestDrive one.txt) 'rotate keys' -Encoding utf8
        $result = Get-Item (Join-Path $TestDrive one.txt) | Invoke-ChatRerank keys
        $result.Text.Trim() | Should -BeExactly 'rotate keys'
        $result.Input.Name | Should -Be 'one.txt'
    }

    It 'makes an error of an item that cannot be judged, and ranks the others' {
        $results = 'a', '', [pscustomobject]@{ Id = 1 }, 'b' | Invoke-ChatRerank b -ErrorVariable failures -ErrorAction SilentlyContinue
        $results.Text | Should -BeExactly 'b', 'a'
        $results.Index | Should -Be 3, 0
        @($failures).Count | Should -Be 2
        "$($failures[0])" | Should -BeLike 'Item 2: *'
        "$($failures[1])" | Should -BeLike 'Item 3*'
        $failures.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*'
        $failures[1].Exception.Message | Should -BeLike '*PSCustomObject*'
        $failures[1].ErrorDetails.RecommendedAction | Should -BeLike '*-Property*'
    }

    It 'names the property that is not there' {
        [pscustomobject]@{ Id = 1 } | Invoke-ChatRerank a -Property Title -ErrorVariable failure -ErrorAction SilentlyContinue
        $failure[0].Exception.Message | Should -BeLike "*'Title'*"
        $failure[0].ErrorDetails.RecommendedAction | Should -BeLike '*; it has Id.'
        @{ Name = 1 } | Invoke-ChatRerank a -Property Title -ErrorVariable failure -ErrorAction SilentlyContinue
        $failure[0].ErrorDetails.RecommendedAction | Should -BeLike '*; it has Name.'
        $wide = [pscustomobject][ordered]@{ A = 1; B = 1; C = 1; D = 1; E = 1; F = 1; G = 1; H = 1; I = 1; J = 1; K = 1 }
        $wide | Invoke-ChatRerank a -Property Title -ErrorVariable failure -ErrorAction SilentlyContinue
        $failure[0].ErrorDetails.RecommendedAction | Should -Match '; it has A, B, C, D, E, F, G, H, I, J, .\.$'
    }

    It 'gives what a chat and an embedding read with its place above it, as that of Find-ChatSimilar' {
        $file = Join-Path $TestDrive 'keys.md'
        Set-Content $file "# Keys`n`nTo rotate the key, open a ticket." -Encoding utf8
        $index = Join-Path $TestDrive 'keys.vec'
        Get-Item $file | Split-ChatText | Get-ChatEmbedding | Export-ChatEmbedding $index -Force
        $found = Find-ChatSimilar 'key' -Path $index
        $ranked = $found | Invoke-ChatRerank 'key'
        $copy = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($ranked))
        $direct = ($found | Invoke-ChatCompletion 'Answer.' -Aggregate).Text
        $direct | Should -BeLike '*keys.md, line 1, Keys:*To rotate the key*'
        ($ranked | Invoke-ChatCompletion 'Answer.' -Aggregate).Text | Should -BeExactly $direct
        ($copy | Invoke-ChatCompletion 'Answer.' -Aggregate).Text | Should -BeExactly $direct
        ($ranked | Get-ChatEmbedding).Text | Should -BeExactly ($found | Get-ChatEmbedding).Text
        (Get-Item $file | Split-ChatText | Invoke-ChatRerank 'key' | Get-ChatEmbedding).Text | Should -BeLike '*keys.md, line 1, Keys:*To rotate the key*'
        ('tea' | Invoke-ChatRerank 'tea' | Get-ChatEmbedding).Text | Should -BeExactly 'tea'
    }

    It 'sends nothing for -WhatIf, no items, a blank query or a -Top that cannot be' {
        'a' | Invoke-ChatRerank a -WhatIf | Should -BeNullOrEmpty
        @() | Invoke-ChatRerank a | Should -BeNullOrEmpty
        'a' | Invoke-ChatRerank ' ' -ErrorVariable blank -ErrorAction SilentlyContinue
        $blank[0].Exception.Message | Should -BeLike '*-Query*'
        'a' | Invoke-ChatRerank a -Top 0 -ErrorVariable top -ErrorAction SilentlyContinue
        $top[0].Exception.Message | Should -BeLike '*-Top*'
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'sends more than a request carries in parts, and says so' {
        $results = 1..1001 | ForEach-Object { "text $_" } | Invoke-ChatRerank '1001' -Top 2 -WarningVariable warning -WarningAction SilentlyContinue
        $results[0].Text | Should -BeExactly 'text 1001'
        $warning | Should -BeLike '*1000*'
        @(Get-TestRequest).Count | Should -Be 2
        $prices = @{ 'sandbox-*' = @{ Input = 1; Output = 0 } }
        $cost = { (Get-ChatUsage -Connection Test | ForEach-Object { [decimal] $_.Cost } | Measure-Object -Sum).Sum }
        $before = & $cost
        $results = 1..1001 | ForEach-Object { "text $_" } | Invoke-ChatRerank '1001' -Top 7 -PriceTable $prices -WarningAction SilentlyContinue
        $sum = [decimal] 0
        $results | ForEach-Object { $sum += $_.Cost }
        $sum | Should -BeGreaterThan 0
        [Math]::Round($sum, 9) | Should -Be ([Math]::Round((& $cost) - $before, 9))
    }

    It 'says before anything is sent that a service has no such endpoint' {
        Connect-TestSandbox -Connection @{ Dialect = 'Anthropic' }
        'a' | Invoke-ChatRerank a -ErrorVariable failure -ErrorAction SilentlyContinue
        $failure[0].Exception.Message | Should -BeLike '*reranking*'
    }

    It 'asks in the form <Form>, and reads its answer' -ForEach @(
        @{ Form = 'Jina'; Path = '/v1/rerank'; Member = 'top_n' }
        @{ Form = 'Cohere'; Path = '/v1/rerank'; Member = 'top_n' }
        @{ Form = 'Voyage'; Path = '/v1/rerank'; Member = 'top_k' }
    ) {
        $results = 'tea', 'a key' | Invoke-ChatRerank key -Form $Form -Top 1
        $results.Text | Should -BeExactly 'a key'
        $results.Usage.TotalTokens | Should -BeGreaterThan 0
        (Get-ChatSandboxRequest Test -Last 1).Path | Should -BeExactly $Path
        Get-TestMember $Member | Should -Be 1
    }

    It 'counts searches where the service does, and tells what they cost' {
        $prices = @{ 'sandbox-*' = @{ Input = 0; Output = 0; Search = 0.002 } }
        Connect-ChatService "$((Get-ChatConnection Test).BaseUri -replace '/v1$', '/v2')" -Name Second -Model sandbox-mini
        $results = 'tea', 'a key' | Invoke-ChatRerank key -Form Cohere -PriceTable $prices -Connection Second
        $results.Text | Should -BeExactly 'a key', 'tea'
        $results[0].Usage | Should -BeNullOrEmpty
        $results | ForEach-Object Cost | Should -Be 0.001, 0.001 -Because 'each has its share of the one search'
        (Get-ChatUsage -Connection Second -ErrorAction Ignore | Select-Object -Last 1).Cost | Should -Be 0.002
        Disconnect-ChatService Second
    }

    It 'tells by -WhatIf what it would cost' {
        $said = Invoke-Child { param($Module) Import-Module $Module; Connect-ChatService http://127.0.0.1:9/v1 -Model m; 1..150 | ForEach-Object { "t$_" } | Invoke-ChatRerank x -WhatIf -PriceTable @{ m = @{ Input = 0; Output = 0; Search = 0.002 } } } $ModulePath
        "$said" | Should -BeLike '*about 0.004 in cost*150 texts*'
    }

    It 'refuses a form that there is not, before anything is sent' {
        'a' | Invoke-ChatRerank a -Form Acme -ErrorVariable failure -ErrorAction SilentlyContinue
        $failure[0].Exception.Message | Should -BeLike "*-Form is 'Acme'*"
        @(Get-TestRequest).Count | Should -Be 0
    }
}
