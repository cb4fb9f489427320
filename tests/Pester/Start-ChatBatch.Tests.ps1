BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'Start-ChatBatch' {
    BeforeEach {
        Connect-TestSandbox
        $path = "$TestDrive/$([guid]::NewGuid()).json"
    }

    It 'makes one batch of a pipeline, in parts, and sends nothing twice' {
        $batch = 'Riga', 'Oslo', 'Bern' | Start-ChatBatch 'Say it.' -Path $path -PartLimit 2
        $batch.Total | Should -Be 3
        $batch.Parts.Total | Should -Be 2, 1
        $again = 'Riga', 'Oslo', 'Bern' | Start-ChatBatch 'Say it.' -Path $path
        $again.Parts.Id | Should -Be $batch.Parts.Id
    }

    It 'refuses other rows for the same file, and replaces it with -Force' {
        $batch = 'Riga' | Start-ChatBatch -Path $path
        { 'Oslo' | Start-ChatBatch -Path $path -ErrorAction Stop } | Should -Throw '*another batch*'
        ('Oslo' | Start-ChatBatch -Path $path -Force).Id | Should -Not -Be $batch.Id
    }

    It 'writes nothing with -WhatIf' {
        'Riga' | Start-ChatBatch -Path $path -WhatIf | Should -BeNullOrEmpty
        Test-Path $path | Should -BeFalse
    }

    It 'refuses a batch that costs too much as a whole' {
        $prices = @{ '*' = @{ Input = 1000000; Output = 0 } }
        { 'Riga', 'Oslo' | Start-ChatBatch -Path $path -PriceTable $prices -MaxCost 1 -ErrorAction Stop } | Should -Throw '*-MaxCost is 1*' -ErrorId 'BudgetExceeded*'
        Test-Path $path | Should -BeFalse
    }

    It 'leaves the batch that -Force would replace where nothing is sent after all: <Why>' -ForEach @(
        @{ Why = 'it costs too much'; Run = { 'Oslo' | Start-ChatBatch -Path $path -Force -PriceTable @{ '*' = @{ Input = 1000000; Output = 0 } } -MaxCost 1 -ErrorAction Stop } }
        @{ Why = 'the input breaks off'; Run = { & { 'Oslo'; throw 'no more' } | Start-ChatBatch -Path $path -Force } }
    ) {
        $batch = 'Riga' | Start-ChatBatch -Path $path
        $Run | Should -Throw
        (Get-ChatBatch $path).Id | Should -Be $batch.Id
        ($batch | Receive-ChatBatch -Wait).Text | Should -Be 'You said: Riga'
        (Get-ChildItem "$path.data").Name | Should -Be $batch.Id
    }

    It 'leaves a file alone that is no batch' {
        Set-Content $path '{"id":"a1","name":"mine"}' -NoNewline
        { 'Riga' | Start-ChatBatch -Path $path -ErrorAction Stop } | Should -Throw '*no batch of ChatPS*'
        Get-Content $path -Raw | Should -Be '{"id":"a1","name":"mine"}'
    }

    It 'refuses what needs an answer at once' {
        { 'Riga' | Invoke-ChatCompletion -AsBatch -BatchPath $path -Stream -ErrorAction Stop } | Should -Throw '*-Stream does not go with a batch*'
        Test-Path $path | Should -BeFalse
    }

    It 'goes on with a batch without input' {
        $batch = 'Riga' | Start-ChatBatch -Path $path
        (Start-ChatBatch -Path $path).Id | Should -Be $batch.Id
    }

    It 'takes the parameters of what is asked for: <For>' -ForEach @(
        @{ For = 'Embedding' }, @{ For = 'Moderation' }, @{ For = 'TextCompletion' }
    ) {
        ('Riga', 'Oslo' | Start-ChatBatch -For $For -Model some-model -Path $path).For | Should -Be $For
    }
}
